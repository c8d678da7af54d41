// A simulation waits until no user's work is under way in the whole process, so only one runs at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
