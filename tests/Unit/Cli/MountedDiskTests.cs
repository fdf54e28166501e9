using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary>A disk that is really full and one that is really read-only, mounted so that only the process tree of the test sees it.</summary>
public sealed class MountedDiskTests
{
    // $1: the folder of home and upstream; $2: the mount point; $3 and $4: the command that runs skm. Files are compared by name and content, except locks and cache.
    private const string Prelude = """
        set -eu
        mount -t tmpfs -o size=512k none "$2"
        cp -a "$1/home" "$1/upstream" "$2/"
        skm() { code=0; "$program" ${assembly:+"$assembly"} "$@" --home "$mount/home" || code=$?; echo "exit $code"; }
        state() { (cd "$mount" && find home -type f ! -path 'home/locks/*' ! -path 'home/cache/*' ! -name filler -exec sha256sum {} + | sort | sha256sum); }
        mount=$2 program=$3 assembly=${4-}

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_is_one_clear_line_and_nothing_changed()
    {
        using var home = TestHome.WithSkills(2);
        var run = await RunMountedAsync(home, """
            before=$(state)
            dd if=/dev/zero of="$mount/home/filler" bs=1k 2>/dev/null || true
            dd if=/dev/zero of="$mount/home/filler" bs=1 oflag=append conv=notrunc 2>/dev/null || true
            skm collection refresh --format json
            test "$before" = "$(state)" && echo unchanged
            skm list --quiet > /dev/null
            rm "$mount/home/filler"
            skm collection refresh --quiet > /dev/null
            skm collection refresh --quiet | grep -c unchanged
            """);
        Assert.Equal("exit 1\nunchanged\n2\n", run.Output);
        var line = Assert.Single(run.ErrorLines);
        Assert.StartsWith("error: cannot ", line, StringComparison.Ordinal);
        Assert.Contains("the disk is full", line, StringComparison.Ordinal);
        Assert.EndsWith("[StorageFailed]", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_full_disk_takes_the_cache_away_and_no_answer()
    {
        using var home = TestHome.WithSkills(2);
        var run = await RunMountedAsync(home, """
            dd if=/dev/zero of="$mount/home/filler" bs=1k 2>/dev/null || true
            skm cache rebuild --format json | grep -e '"state"' -e exit
            skm cache status --format json | grep -e '"state"' -e exit
            rm "$mount/home/filler"
            skm cache rebuild --format json | grep -e '"state"' -e '"artifacts"' -e exit
            """);
        Assert.Equal("""
              "state": "paused",
            exit 0
              "state": "paused",
            exit 0
              "artifacts": 2,
              "state": "ready",
            exit 0

            """, run.Output);
        Assert.All(run.ErrorLines, line => Assert.Matches("^warning: The cache '.*' cannot be written, because the disk is full", line));
    }

    [Fact]
    public async Task A_read_only_home_can_be_read_and_checked_but_not_refreshed()
    {
        using var home = TestHome.WithSkills(2);
        var run = await RunMountedAsync(home, """
            before=$(state)
            mount -o remount,ro "$mount"
            skm collection refresh --check-only --format json | tail -1
            skm collection refresh --dry-run --format json | tail -1
            skm list --format json | tail -1
            skm collection list --quiet | tail -1
            skm collection refresh --format json
            skm collection create other --format json
            skm init --quiet
            test "$before" = "$(state)" && echo unchanged
            ls "$mount/home"
            """);
        Assert.Equal("exit 2\nexit 0\nexit 0\nexit 0\nexit 1\nexit 1\nexit 0\nunchanged\ncollections\nconfig.toml\n", run.Output);
        Assert.Equal(2, run.ErrorLines.Length);
        Assert.All(run.ErrorLines, l => Assert.Matches(@"^error: cannot .*home/locks: read-only file system \[StorageFailed\]$", l));
    }

    private static async Task<SkmRun> RunMountedAsync(TestHome home, string script)
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Needs Linux and its mount namespaces.");
        var mount = Directory.CreateDirectory(Path.Combine(home.Place, "mounted")).FullName;
        string[] unshare = ["--map-root-user", "--mount", "sh", "-c"];
        try
        {
            var probe = await SkmProcess.StartAsync("unshare", [.. unshare, "mount -t tmpfs none \"$1\"", "sh", mount], Cancellation);
            if (probe.ExitCode != 0) Assert.Skip($"No mount is permitted here: {probe.Error}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("unshare is not here.");
        }

        return (await SkmProcess.StartAsync("unshare", [.. unshare, Prelude + script, "sh", home.Place, mount, .. SkmProcess.Command], Cancellation)).Succeeds();
    }
}
