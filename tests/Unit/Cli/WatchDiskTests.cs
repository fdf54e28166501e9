using SkillMeat.Tests.Support;
using Xunit;

namespace SkillMeat.Tests.Cli;

/// <summary><c>skm watch</c> on a disk that is really full, and where the system watches no more folders.</summary>
public sealed class WatchDiskTests
{
    // $1: the folder of home and upstream; $2: the mount point; $3 and $4: the command that runs skm.
    private const string Prelude = """
        set -eu
        mount -t tmpfs -o size=1m none "$2"
        cp -a "$1/home" "$1/upstream" "$2/"
        mount=$2 program=$3 assembly=${4-}
        skm() { "$program" ${assembly:+"$assembly"} "$@" --home "$mount/home"; }
        # Waits up to a minute until a file has a text.
        until_says() { left=600; until grep -q "$1" "$2"; do left=$((left - 1)); test "$left" -gt 0 || { cat "$log/out" "$log/err" >&2; exit 9; }; sleep 0.1; done; }
        log=$1

        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_full_disk_pauses_it_and_reading_goes_on()
    {
        using var home = TestHome.WithSkills(2);
        var run = await RunMountedAsync(home, """
            dd if=/dev/zero of="$mount/home/filler" bs=1k 2>/dev/null || true
            dd if=/dev/zero of="$mount/home/filler" bs=1 oflag=append conv=notrunc 2>/dev/null || true
            "$program" ${assembly:+"$assembly"} watch --interval 1 --home "$mount/home" > "$log/out" 2> "$log/err" &
            until_says 'the background refresh pauses. Reading goes on.' "$log/err"
            skm list --quiet > /dev/null && echo read
            code=0; skm watch --once 2> "$log/once" || code=$?
            echo "once $code"; grep -q '^error: .*the disk is full' "$log/once" && echo full
            test -s "$log/out" || echo nothing
            rm "$mount/home/filler"
            until_says 'The background refresh goes on.' "$log/err"
            until_says 'refreshed' "$log/out"
            kill $!; code=0; wait $! || code=$?; echo "end $code"
            """);
        Assert.Equal("read\nonce 1\nfull\nnothing\nend 0\n", run.Output);
    }

    [Fact]
    public async Task Without_notifications_of_the_system_it_looks_itself()
    {
        using var home = TestHome.WithSkills(2);
        var run = await RunMountedAsync(home, """
            echo 1 > /proc/sys/user/max_inotify_instances || { echo none; exit 0; }
            "$program" ${assembly:+"$assembly"} watch --home "$mount/home" > "$log/out" 2> "$log/err" &
            until_says 'refreshed' "$log/out"
            until_says 'looked at every few seconds instead' "$log/err"
            echo '# changed' >> "$mount/home/collections/default/collection.toml"
            until_says 'files changed' "$log/out"
            kill $!; code=0; wait $! || code=$?; echo "end $code"
            """);
        if (run.Output == "none\n") Assert.Skip("The limit cannot be set here.");
        Assert.Equal("end 0\n", run.Output);
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
