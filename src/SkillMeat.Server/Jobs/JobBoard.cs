using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using SkillMeat.Server.Hosting;
using SkillMeat.Server.Json;
using SkillMeat.Server.Metrics;
using SkillMeat.Server.Problems;

namespace SkillMeat.Server.Jobs;

/// <summary>Runs jobs, a few at a time, and remembers them for a while after their end.</summary>
internal sealed class JobBoard(TimeProvider time, ServiceLog log, ServiceMetrics metrics) : IDisposable
{
    private const int MostAtOnce = 4;
    private const int MostWaiting = 100;
    private const int MostFinished = 200;
    private const int IdBytes = 4;
    private const long MostResultBytes = 32 << 20;

    private static readonly TimeSpan _kept = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Task> _work = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turns = new(MostAtOnce);
    private readonly CancellationTokenSource _stop = new();
    // The number alone would be that of another job after a restart.
    private readonly string _start = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
    private long _last;

    /// <summary>Begins a job.</summary>
    /// <param name="kind">The kind of work, such as <c>refresh</c>.</param>
    /// <param name="collection">The collection that it is about, or null.</param>
    /// <param name="work">Does the work, reports progress to the job, and returns the result: what the same command prints.</param>
    /// <returns>The job.</returns>
    /// <exception cref="ServiceException">503: too many jobs wait, or the service stops.</exception>
    public Job Start<T>(string kind, string? collection, Func<Job, Task<T>> work)
    {
        Forget();
        if (_stop.IsCancellationRequested) throw new ServiceException(503, ServiceErrorIds.Stopping, "The service stops.");
        if (_jobs.Values.Count(one => !one.IsOver) >= MostWaiting) throw new ServiceException(503, ServiceErrorIds.TooManyJobs, $"{MostWaiting} jobs wait already. Try again when some are done.");
        var id = string.Create(CultureInfo.InvariantCulture, $"{_start}-{Interlocked.Increment(ref _last)}");
        var job = new Job(new JobJson(id, kind, collection, JobState.Queued, new JobProgressJson(0, 0, ""), time.GetUtcNow(), null, null, null), _stop.Token);
        _jobs[id] = job;
        var running = Task.Run(() => RunAsync(job, work), CancellationToken.None);
        _work[id] = running;
        // It may be over before it was entered.
        if (running.IsCompleted) _work.TryRemove(id, out _);
        return job;
    }

    /// <summary>Finds a job.</summary>
    /// <exception cref="ServiceException">404: there is none.</exception>
    public Job Find(string id)
    {
        Forget();
        return _jobs.TryGetValue(id, out var job) ? job : throw new ServiceException(404, ServiceErrorIds.JobNotFound, $"There is no job '{id}'. Jobs are forgotten an hour after their end, and when the service ends.");
    }

    /// <summary>Lists the jobs, the newest first, without their results, which can be large.</summary>
    public IReadOnlyList<JobJson> List()
    {
        Forget();
        return [.. _jobs.Values.Select(job => job.Now with { Result = null }).OrderByDescending(job => job.CreatedAt).ThenByDescending(job => job.Id.Length).ThenByDescending(job => job.Id, StringComparer.Ordinal)];
    }

    /// <summary>Cancels all jobs, and waits for their end for a while.</summary>
    /// <returns>Whether all have ended.</returns>
    public async Task<bool> StopAsync(TimeSpan longest)
    {
        await _stop.CancelAsync();
        var all = Task.WhenAll(_work.Values);
        return await Task.WhenAny(all, Task.Delay(longest, time, CancellationToken.None)) == all;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var job in _jobs.Values) job.Dispose();
        _stop.Dispose();
        _turns.Dispose();
    }

    private async Task RunAsync<T>(Job job, Func<Job, Task<T>> work)
    {
        var hasTurn = false;
        try
        {
            await _turns.WaitAsync(job.Cancellation);
            hasTurn = true;
            job.Change(now => now with { State = JobState.Running });
            var result = ServiceJson.RawOf(await work(job));
            End(job, now => now with { State = JobState.Succeeded, Result = result });
        }
        catch (OperationCanceledException) when (job.Cancellation.IsCancellationRequested)
        {
            End(job, now => now with { State = JobState.Cancelled });
        }
        catch (Exception e)
        {
            var problem = Problem.Of(e, $"{JobEndpoints.Path}/{job.Id}");
            if (problem.Status == 500) log.Error($"The job {job.Id} ({job.Now.Kind}) failed.", e);
            End(job, now => now with { State = JobState.Failed, Problem = problem });
        }
        finally
        {
            if (hasTurn) _turns.Release();
            _work.TryRemove(job.Id, out _);
        }
    }

    private void End(Job job, Func<JobJson, JobJson> change)
    {
        job.Change(now => change(now) with { FinishedAt = time.GetUtcNow() });
        var end = job.Now;
        Forget();
        metrics.JobEnded(end.Kind, end.State, end.FinishedAt!.Value - end.CreatedAt);
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        var finished = _jobs.Values.Where(job => job.IsOver).Select(job => job.Now).OrderByDescending(job => job.FinishedAt).ToList();
        foreach (var old in finished.Where((job, index) => index >= MostFinished || now - job.FinishedAt >= _kept))
        {
            if (_jobs.TryRemove(old.Id, out var job)) job.Dispose();
        }

        var bytes = 0L;
        foreach (var one in finished.Where(job => job.Result is not null))
        {
            bytes += one.Result!.Bytes.Length;
            if (bytes > MostResultBytes && _jobs.TryGetValue(one.Id, out var job)) job.Change(last => last with { Result = null });
        }
    }
}
