using System.ComponentModel;
using System.Diagnostics;
using SkillMeat.Upstream.Tokens;
using Xunit;

namespace SkillMeat.Tests.Upstream.Tokens;

public sealed class ChildProcessTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Output_and_exit_code_are_told()
    {
        SkipWithoutShell();

        Assert.Equal(new ProcessOutput(0, "gho_1 a b\n"), await ShellAsync("echo gho_1 \"$1\"", Cancellation, "a b"));
        Assert.Equal(new ProcessOutput(4, ""), await ShellAsync("echo no token >&2; exit 4", Cancellation));
    }

    [Fact]
    public async Task A_program_that_asks_a_question_gets_no_answer()
    {
        SkipWithoutShell();

        Assert.Equal("nothing", (await ShellAsync("read answer; printf nothing$answer", Cancellation)).Output);
    }

    [Fact]
    public async Task A_talkative_program_neither_blocks_nor_fills_the_memory()
    {
        SkipWithoutShell();

        var output = await ShellAsync("head -c 3000000 /dev/zero | tr '\\0' x; head -c 3000000 /dev/zero >&2", Cancellation);

        Assert.Equal(64 * 1024, output.Output.Length);
    }

    [Fact]
    public async Task Cancelling_kills_the_program_and_its_children_at_once()
    {
        SkipWithoutShell();
        string marker = $"9{Environment.ProcessId}.{Random.Shared.Next(100000, 999999)}";
        using var cancel = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var watch = Stopwatch.StartNew();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ShellAsync($"sleep {marker} & wait", cancel.Token));

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"took {watch.Elapsed}");
        for (int i = 0; IsRunning(marker) && i < 100; i++) await Task.Delay(20, Cancellation);
        Assert.False(IsRunning(marker));
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_an_error()
    {
        await Assert.ThrowsAsync<Win32Exception>(() => ChildProcess.RunAsync(Path.Combine(Path.GetTempPath(), "no-such-program"), [], Cancellation));
    }

    private static Task<ProcessOutput> ShellAsync(string script, CancellationToken cancellationToken, params string[] arguments) =>
        ChildProcess.RunAsync("/bin/sh", ["-c", script, "sh", .. arguments], cancellationToken);

    private static bool IsRunning(string marker) => Directory.Exists("/proc") && Directory.EnumerateDirectories("/proc").Any(folder =>
    {
        string file = Path.Combine(folder, "cmdline");
        try
        {
            return File.Exists(file) && File.ReadAllText(file).Contains($"sleep\0{marker}", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The process ended, or belongs to another user.
            return false;
        }
    });

    private static void SkipWithoutShell()
    {
        if (!File.Exists("/bin/sh")) Assert.Skip("There is no /bin/sh here.");
    }
}
