namespace SkillMeat.Upstream.Contents;

/// <summary>Runs work that waits for bytes without giving its thread back, which would starve others of the pool's.</summary>
internal static class OwnThread
{
    public static Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
