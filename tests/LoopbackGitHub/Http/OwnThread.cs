namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>Runs work that waits for git on a thread of its own: the pool begins with as many threads as there are cores, and must stay free for sockets.</summary>
internal static class OwnThread
{
    public static Task<T> RunAsync<T>(Func<T> work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
