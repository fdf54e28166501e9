using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Storage.Files;
using SkillMeat.Storage.Locks;
using SkillMeat.Tests.CrashHost;
using Xunit;

namespace SkillMeat.Tests.Storage;

public sealed class LockTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_waits_in_vain_learns_who_holds_the_lock()
    {
        using var home = new TempHome();
        using var holder = HostProcess.Start("hold", home.Path, Scenario.First);
        Assert.Equal("held", await holder.Output.ReadLineAsync(Cancellation));
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        var error = await Assert.ThrowsAsync<LockTimeoutException>(() => storage.LockAsync([Scenario.First], TimeSpan.FromMilliseconds(200), Cancellation));
        Assert.StartsWith($"collection 'default' is locked by SkillMeat.Tests (process {holder.Id} on {Environment.MachineName}) since 2", error.Message.Replace(".CrashHost", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.InRange(error.Waited.TotalSeconds, 0.19, 5);
    }

    [Fact]
    public async Task A_killed_holder_has_released()
    {
        using var home = new TempHome();
        using var holder = HostProcess.Start("hold", home.Path, Scenario.First);
        Assert.Equal("held", await holder.Output.ReadLineAsync(Cancellation));
        await holder.KillAsync(Cancellation);
        using var held = await new HomeStorage(home.Path, TimeProvider.System, Random.Shared).LockAsync([Scenario.First], TimeSpan.FromSeconds(2), Cancellation);
        Assert.False(held.IsReleased);
    }

    [Fact]
    public async Task One_process_does_not_get_a_lock_twice()
    {
        using var home = new TempHome();
        var time = new FixedTime(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var storage = new HomeStorage(home.Path, time, Random.Shared);
        var held = await storage.LockAsync(["collection 'Work'"], TimeSpan.Zero, Cancellation);
        var error = await Assert.ThrowsAsync<LockTimeoutException>(() => storage.LockAsync(["collection 'work'"], TimeSpan.Zero, Cancellation));
        Assert.EndsWith($"(process {Environment.ProcessId} on {Environment.MachineName}) since 2026-01-02T03:04:05Z", error.Holder, StringComparison.Ordinal);
        using var other = await storage.LockAsync(["collection 'other'"], TimeSpan.Zero, Cancellation);
        held.Dispose();
        using var again = await storage.LockAsync(["collection 'work'"], TimeSpan.Zero, Cancellation);
        Assert.Equal("collection 'work'", Assert.Single(again.Names).Display);
    }

    [Fact]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        using var home = new TempHome();
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        using var held = await storage.LockAsync(["home"], TimeSpan.Zero, Cancellation);
        using var source = new CancellationTokenSource(50);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storage.LockAsync(["home"], TimeSpan.FromMinutes(1), source.Token));
    }

    [Fact]
    public async Task A_lock_that_is_held_gives_back_those_taken_before_it()
    {
        using var home = new TempHome();
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        using var held = await storage.LockAsync(["b"], TimeSpan.Zero, Cancellation);
        await Assert.ThrowsAsync<LockTimeoutException>(() => storage.LockAsync(["b", "a"], TimeSpan.Zero, Cancellation));
        using var first = await storage.LockAsync(["a"], TimeSpan.Zero, Cancellation);
        Assert.False(first.IsReleased);
    }

    [Fact]
    public async Task Two_that_name_the_same_locks_in_opposite_order_do_not_wait_for_each_other()
    {
        using var home = new TempHome();
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(number => Task.Run(async () =>
        {
            for (var round = 0; round < 10; round++)
            {
                using var held = await storage.LockAsync(number % 2 == 0 ? ["a", "b"] : ["b", "a"], TimeSpan.FromSeconds(30), Cancellation);
                Assert.Equal(["a", "b"], held.Names.Select(name => name.Display));
            }
        }, Cancellation)));
    }

    [Fact]
    public async Task Who_releases_and_wants_it_again_at_once_does_not_push_in_front()
    {
        using var home = new TempHome();
        var storage = new HomeStorage(home.Path, TimeProvider.System, Random.Shared);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var turns = 0;
        var greedy = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var held = await storage.LockAsync(["home"], TimeSpan.FromSeconds(30), Cancellation);
                Interlocked.Increment(ref turns);
                await Task.Delay(15, Cancellation);
            }
        }, Cancellation);
        var most = 0;
        for (var round = 0; round < 10; round++)
        {
            await Task.Delay(40, Cancellation);
            var before = Volatile.Read(ref turns);
            using var held = await storage.LockAsync(["home"], TimeSpan.FromSeconds(30), Cancellation);
            most = Math.Max(most, Volatile.Read(ref turns) - before);
        }

        await stop.CancelAsync();
        await greedy;
        Assert.True(most <= 3, $"the other one had {most} turns while this one waited for one");
        output.WriteLine($"{turns} turns of the greedy one, {most} at most while another waited");
    }

    [Fact]
    public async Task Fifty_processes_with_a_little_work_each_all_get_it()
    {
        using var home = new TempHome();
        var started = Stopwatch.GetTimestamp();
        var hosts = Enumerable.Range(0, 50).Select(_ => HostProcess.Start("work", home.Path, "20")).ToList();
        try
        {
            foreach (var host in hosts)
            {
                var exitCode = await host.WaitAsync(Cancellation);
                Assert.True(exitCode == 0, $"exit code {exitCode}: {host.Errors}");
            }
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
        }

        output.WriteLine($"50 processes of 20 ms in {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    [Fact]
    public async Task Twenty_processes_that_count_lose_nothing()
    {
        using var home = new TempHome();
        File.WriteAllText(home.At("one"), "0");
        File.WriteAllText(home.At("two"), "0");
        var hosts = Enumerable.Range(0, 20).Select(_ => HostProcess.Start("count", home.Path, "5")).ToList();
        try
        {
            foreach (var host in hosts) Assert.Equal(0, await host.WaitAsync(Cancellation));
        }
        finally
        {
            hosts.ForEach(host => host.Dispose());
        }

        Assert.Equal(("100", "100"), (File.ReadAllText(home.At("one")), File.ReadAllText(home.At("two"))));
        Assert.Equal(["one", "two"], Directory.GetFileSystemEntries(home.Path).Select(Path.GetFileName).Where(name => name != "locks").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Any_name_becomes_a_file_name_that_is_safe_everywhere_and_its_own()
    {
        Prop.ForAll<NonWhiteSpaceString, NonWhiteSpaceString>((one, other) =>
        {
            var (first, second) = (LockName.Of(one.Get), LockName.Of(other.Get));
            return Regex.IsMatch(first.Stem, "^[a-z0-9_%.-]{1,120}$")
                && (first.Stem == second.Stem) == (Folded(one.Get) == Folded(other.Get));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("collection '../../x'")]
    [InlineData("con~nul:*?\"<>|\\/")]
    [InlineData("\u00fcber \U0001F600")]
    public async Task Odd_names_lock_inside_the_lock_folder(string name)
    {
        using var home = new TempHome();
        using var held = await new HomeStorage(home.Path, TimeProvider.System, Random.Shared).LockAsync([name, new string('x', 400)], TimeSpan.Zero, Cancellation);
        Assert.Equal(["locks"], Directory.GetFileSystemEntries(home.Path).Select(Path.GetFileName));
        Assert.Equal(6, Directory.GetFiles(home.At("locks")).Length);
    }

    // Surrogates without a partner have no UTF-8; all of them become the same replacement.
    private static string Folded(string name) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(name.ToLower(CultureInfo.InvariantCulture)));

    private sealed class FixedTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }

    [Fact]
    public void A_lock_is_released_although_a_child_process_still_has_the_file()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "child processes inherit no files there");
        using var home = new TempHome();
        var disk = new Disk(faults: null, Random.Shared);
        var path = home.At("x.lock");
        disk.TryOpenLock(path)!.Dispose();
        var file = disk.TryOpenLock(path)!;
        // Between its start and its own program, a child process has a copy of each open file.
        using var inherited = new Microsoft.Win32.SafeHandles.SafeFileHandle(dup(file.SafeFileHandle), ownsHandle: true);
        Assert.True(Disk.IsLocked(path));

        file.Dispose();

        Assert.False(Disk.IsLocked(path));
        using var again = disk.TryOpenLock(path);
        Assert.NotNull(again);
    }

    [System.Runtime.InteropServices.DllImport("libc", SetLastError = true)]
    private static extern int dup(System.Runtime.InteropServices.SafeHandle descriptor);
}
