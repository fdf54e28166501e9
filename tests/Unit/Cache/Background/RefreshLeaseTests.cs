using SkillMeat.Cache.Background;
using SkillMeat.Cache.Database;
using SkillMeat.Cache.Updates;
using SkillMeat.Collections;
using SkillMeat.Tests.Storage;
using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cache.Background;

/// <summary>One service at a time has the right to refresh a home.</summary>
public sealed class RefreshLeaseTests : IDisposable
{
    private readonly TestHome _home = TestHome.WithSkills(1);
    private readonly ManualTimeProvider _time = new();
    private readonly List<CacheDatabase> _databases = [];

    [Fact]
    public void The_first_one_has_it_until_it_gives_it_back()
    {
        var (first, second) = (Make(1), Make(2));

        Assert.True(first.Take(TestContext.Current.CancellationToken).IsHeld);
        Assert.Equal(new LeaseHolder(Environment.ProcessId, Environment.MachineName), second.Take(TestContext.Current.CancellationToken).Other);
        Assert.True(first.Take(TestContext.Current.CancellationToken).IsHeld);
        second.Release(TestContext.Current.CancellationToken);
        Assert.False(second.Take(TestContext.Current.CancellationToken).IsHeld);
        first.Release(TestContext.Current.CancellationToken);
        Assert.True(second.Take(TestContext.Current.CancellationToken).IsHeld);
        Assert.False(first.Take(TestContext.Current.CancellationToken).IsHeld);
    }

    [Fact]
    public void It_expires_unless_it_is_renewed()
    {
        var (first, second) = (Make(1), Make(2));
        first.Take(TestContext.Current.CancellationToken);

        _time.Advance(RefreshLease.Duration - TimeSpan.FromSeconds(1));
        Assert.False(second.Take(TestContext.Current.CancellationToken).IsHeld);
        Assert.True(first.Take(TestContext.Current.CancellationToken).IsHeld);
        _time.Advance(RefreshLease.Duration - TimeSpan.FromSeconds(1));
        Assert.False(second.Take(TestContext.Current.CancellationToken).IsHeld);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(second.Take(TestContext.Current.CancellationToken).IsHeld);
        Assert.False(first.Take(TestContext.Current.CancellationToken).IsHeld);
    }

    [Fact]
    public void A_clock_that_was_set_back_does_not_keep_it_taken_for_long()
    {
        Make(1, new ManualTimeProvider(_time.GetUtcNow() + TimeSpan.FromDays(400))).Take(TestContext.Current.CancellationToken);

        Assert.True(Make(2).Take(TestContext.Current.CancellationToken).IsHeld);
    }

    [Theory]
    [InlineData(-15)]
    [InlineData(15)]
    [InlineData(120)]
    public void A_clock_that_is_slightly_different_is_respected(int seconds)
    {
        Make(1, new ManualTimeProvider(_time.GetUtcNow() + TimeSpan.FromSeconds(seconds))).Take(TestContext.Current.CancellationToken);

        Assert.False(Make(2).Take(TestContext.Current.CancellationToken).IsHeld);
        _time.Advance(RefreshLease.Duration + TimeSpan.FromSeconds(seconds));
        Assert.True(Make(2).Take(TestContext.Current.CancellationToken).IsHeld);
    }

    [Fact]
    public async Task That_of_a_process_that_was_killed_is_free_at_once()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux says when a process was started.");
        using var process = HostProcess.Start("cache-lease", _home.Home);
        Assert.Equal("held", await process.Output.ReadLineAsync(TestContext.Current.CancellationToken));
        var lease = Make(1, TimeProvider.System);
        Assert.Equal(new LeaseHolder(process.Id, Environment.MachineName), lease.Take(TestContext.Current.CancellationToken).Other);

        await process.KillAsync(TestContext.Current.CancellationToken);

        Assert.True(lease.Take(TestContext.Current.CancellationToken).IsHeld);
    }

    [Theory]
    [InlineData("UPDATE refresh_lease SET process_started = 5", true)]
    [InlineData("UPDATE refresh_lease SET boot = 'another'", false)]
    [InlineData("UPDATE refresh_lease SET machine = 'another'", false)]
    [InlineData("UPDATE refresh_lease SET boot = NULL, process_started = NULL", false)]
    [InlineData("UPDATE refresh_lease SET process = 4194303", true)]
    public void A_process_with_another_start_is_another_one(string change, bool isFree)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Only Linux says when a process was started.");
        Make(1).Take(TestContext.Current.CancellationToken);
        _databases[0].Run(connection =>
        {
            connection.Execute(change);
            var values = connection.First("SELECT holder, process, machine, expires, boot, process_started FROM refresh_lease", row => Enumerable.Range(0, 6).Select(i => row.IsDBNull(i) ? null : row.GetValue(i)).ToArray())!;
            return connection.Execute("UPDATE refresh_lease SET sum = ?1", RowSum.Of(values[5] is null ? values[..4] : values));
        }, TestContext.Current.CancellationToken);

        Assert.Equal(isFree, Make(2).Take(TestContext.Current.CancellationToken).IsHeld);
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_it()
    {
        var leases = Enumerable.Range(1, 8).Select(number => Make(number)).ToList();
        // The tables are made first: that is another race.
        leases[0].Release(TestContext.Current.CancellationToken);
        using var start = new Barrier(leases.Count);

        var answers = await Task.WhenAll(leases.Select(lease => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return lease.Take();
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(answers, answer => answer.IsHeld);
        Assert.Equal(7, answers.Count(answer => answer.Other is not null));
    }

    [Fact]
    public void Values_that_noise_replaced_are_not_believed()
    {
        var lease = Make(1);
        lease.Take(TestContext.Current.CancellationToken);
        _databases[0].Run(connection => connection.Execute("UPDATE refresh_lease SET holder = 5"), TestContext.Current.CancellationToken);

        // The file is put aside, and with it whoever had the lease.
        Assert.True(Make(2).Take(TestContext.Current.CancellationToken).IsHeld);
        Assert.Single(Directory.GetFiles(_home.At("cache"), "*.damaged-*"));
    }

    [Fact]
    public void Without_a_file_there_is_none()
    {
        _home.Write(_home.At("cache"), "not a folder");

        var answer = Make(1).Take(TestContext.Current.CancellationToken);

        Assert.False(answer.IsHeld);
        Assert.Null(answer.Other);
        Assert.NotEqual(CacheTrouble.None, answer.Trouble);
    }

    [Fact]
    public void Its_queries_use_indexes()
    {
        Make(1).Take(TestContext.Current.CancellationToken);
        string Plan(string sql, params object[] values) => string.Join('\n', _databases[0].Run(connection => connection.Query($"EXPLAIN QUERY PLAN {sql}", row => row.GetString(3), values)));

        Assert.Contains("SEARCH", Plan("SELECT holder, process, machine, expires, boot, process_started, sum FROM refresh_lease WHERE id = 1"), StringComparison.Ordinal);
        Assert.Contains("SEARCH", Plan("SELECT state, sum FROM refresh_status WHERE id = 1"), StringComparison.Ordinal);
        Assert.Contains("USING PRIMARY KEY", Plan($"SELECT {UpstreamState.Columns} FROM upstream_state u WHERE u.collection = ?1", "x"), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        foreach (var database in _databases) database.Dispose();
        _home.Dispose();
    }

    private RefreshLease Make(long holder, TimeProvider? time = null)
    {
        var database = new CacheDatabase(CacheLocation.Find(new HomeLayout(_home.Home), _ => null), time ?? _time, _ => { });
        _databases.Add(database);
        return new RefreshLease(database, time ?? _time, holder);
    }
}
