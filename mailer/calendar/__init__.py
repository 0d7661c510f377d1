"""Days and hours: the timetable of a campaign, the office's calendar, instants as typed, days in words."""
