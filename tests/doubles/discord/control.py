"""x"""


class ControlApi:
    def __init__(self, d):
        pass

    def routes(self):
        return []
