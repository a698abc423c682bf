import os

from django.apps import AppConfig


class DrillsConfig(AppConfig):
    name = "tools.drills"

    def ready(self) -> None:
        from tools.drills import hand, sabotage

        if hand.is_watched():
            hand.mark_jobs()
        if guard := os.environ.get("DRILL_SABOTAGE"):
            sabotage.GUARDS_OUT[guard]()
