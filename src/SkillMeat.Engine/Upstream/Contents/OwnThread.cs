namespace SkillMeat.Upstream.Contents;

/// <summary>Runs blocking work on a separate thread, so that it does not starve the thread pool.</summary>
internal static class OwnThread
{
    public static Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
