"""What makes Rasa 3.6.21 cheap and honest here, each as a subclass: nothing of Rasa's own is patched.

endpoint   one kept-alive connection to the action server, answers checked once and fast, a deadline
runner     graph nodes called one after the other, without dask
store      trackers in SQL, the recent ones kept in memory, failing closed
locks      a conversation's next message starts within 20 ms of the last one's end
responses  texts filled with slots, without Python's format
policies   rules decided without what only a debug log would show
actions    remote answers are checked once
processor  a turn happens whole or not at all
"""
