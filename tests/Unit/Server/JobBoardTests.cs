using SkillMeat.Server.Hosting;
using SkillMeat.Server.Jobs;
using SkillMeat.Server.Json;
using SkillMeat.Server.Metrics;
using SkillMeat.Server.Problems;
using Xunit;

namespace SkillMeat.Tests.Server;

/// <summary>The jobs that a service remembers.</summary>
public sealed class JobBoardTests
{
    [Fact]
    public async Task A_job_of_an_earlier_start_is_not_taken_for_another_one()
    {
        using var metrics = new ServiceMetrics();
        using var one = Create(metrics);
        using var other = Create(metrics);
        Assert.NotEqual((await EndAsync(one, "x")).Id, (await EndAsync(other, "x")).Id);
    }

    [Fact]
    public async Task Lists_have_no_results_and_the_newest_job_comes_first()
    {
        using var metrics = new ServiceMetrics();
        using var board = Create(metrics);
        var ids = new List<string>();
        for (var i = 0; i < 11; i++) ids.Insert(0, (await EndAsync(board, "x")).Id);
        Assert.All(board.List(), job => Assert.Null(job.Result));
        Assert.Equal(ids, board.List().Select(job => job.Id));
        Assert.NotNull(board.Find(ids[0]).Now.Result);
    }

    [Fact]
    public async Task Results_take_32_megabytes_at_most()
    {
        using var metrics = new ServiceMetrics();
        using var board = Create(metrics);
        var text = new string('x', 12 << 20);
        var jobs = new List<JobJson>();
        for (var i = 0; i < 3; i++) jobs.Add(await EndAsync(board, text));
        Assert.Null(board.Find(jobs[0].Id).Now.Result);
        Assert.Equal(JobState.Succeeded, board.Find(jobs[0].Id).Now.State);
        Assert.NotNull(board.Find(jobs[1].Id).Now.Result);
        Assert.NotNull(board.Find(jobs[2].Id).Now.Result);
    }

    [Fact]
    public async Task Too_many_jobs_are_not_said_to_be_the_end_of_the_service()
    {
        using var metrics = new ServiceMetrics();
        using var board = Create(metrics);
        var open = new TaskCompletionSource<JobProgressJson>(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 0; i < 100; i++) board.Start("test", null, _ => open.Task);
        var error = Assert.Throws<ServiceException>(() => board.Start("test", null, _ => open.Task));
        Assert.Equal((503, "TooManyJobs"), (error.Status, error.ErrorId));
        open.SetResult(new JobProgressJson(0, 0, ""));
        Assert.True(await board.StopAsync(TimeSpan.FromSeconds(10)));
    }

    private static JobBoard Create(ServiceMetrics metrics) => new(TimeProvider.System, new ServiceLog(TextWriter.Null, TimeProvider.System, false), metrics);

    private static async Task<JobJson> EndAsync(JobBoard board, string text)
    {
        var job = board.Start("test", null, _ => Task.FromResult(new JobProgressJson(1, 1, text)));
        while (!job.IsOver) await job.Look().Changed.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return job.Now;
    }
}
