using SkillMeat.Server.Json;

namespace SkillMeat.Server.Jobs;

/// <summary>A piece of long work that a request began. Thread-safe.</summary>
internal sealed class Job : IDisposable
{
    private readonly object _gate = new();
    private readonly CancellationTokenSource _cancel;
    private JobJson _now;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="now">The job at its beginning.</param>
    /// <param name="stopping">Cancelled when the service ends.</param>
    public Job(JobJson now, CancellationToken stopping)
    {
        _now = now;
        _cancel = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Cancellation = _cancel.Token;
    }

    public string Id => Now.Id;

    /// <summary>Cancelled when somebody cancels the job, or the service ends.</summary>
    public CancellationToken Cancellation { get; }

    public JobJson Now
    {
        get
        {
            lock (_gate) return _now;
        }
    }

    public bool IsOver => Now.State is JobState.Succeeded or JobState.Failed or JobState.Cancelled;

    /// <summary>The job as it is now, and a task that completes when it has changed.</summary>
    public (JobJson Now, Task Changed) Look()
    {
        lock (_gate) return (_now, _changed.Task);
    }

    public void Change(Func<JobJson, JobJson> change)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _now = change(_now);
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    /// <summary>Reports progress.</summary>
    public void Report(int done, int total, string text) => Change(now => now with { Progress = new JobProgressJson(done, total, text) });

    /// <summary>Asks the work to end.</summary>
    public void Cancel()
    {
        try
        {
            _cancel.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over and forgotten.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cancel.Dispose();
}
