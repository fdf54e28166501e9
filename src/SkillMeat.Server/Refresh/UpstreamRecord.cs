using SkillMeat.Cache.Updates;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;

namespace SkillMeat.Server.Refresh;

/// <summary>Keeps what jobs learned about upstream.</summary>
internal sealed class UpstreamRecord(ServedHome home)
{
    /// <summary>Keeps it. After a change, a cancellation comes too late: less is known then, but the job has its result.</summary>
    /// <param name="job">The job.</param>
    /// <param name="hasChanged">Whether the job may have changed something.</param>
    /// <param name="record">Keeps it.</param>
    public async Task KeepAsync(Job job, bool hasChanged, Func<UpstreamStates, CancellationToken, Task> record)
    {
        try
        {
            await record(new UpstreamStates(home.Cache) { CreatesCache = true }, job.Cancellation);
        }
        catch (OperationCanceledException) when (hasChanged && job.Cancellation.IsCancellationRequested)
        {
        }
    }
}
