using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Tokens;

/// <summary>Asks <c>git credential</c> for what its helpers keep, and tells it whether that was right. Nobody is ever asked, and no secret is an argument.</summary>
/// <param name="environment">Reads an environment variable: <c>PATH</c> says where git is, others where its settings are.</param>
/// <param name="time">Ends a silent helper.</param>
/// <param name="verbose">Told why there is no credential, on one line.</param>
internal sealed class GitCredentialCommand(Func<string, string?> environment, TimeProvider time, Action<string> verbose)
{
    public const string ExpiryKey = "password_expiry_utc=";

    public const string RefreshTokenKey = "oauth_refresh_token=";

    /// <summary>Helpers renew tokens over the network; one that is silent for longer asks somebody.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    /// <summary>Which settings git reads is for the session's environment to say.</summary>
    private static readonly string[] _settings = ["PATH", "HOME", "USERPROFILE", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"];

    /// <summary>Begins what git is told of a host.</summary>
    public static string Describe(Uri origin, string? path) =>
        $"protocol={origin.Scheme}\nhost={(origin.IsDefaultPort ? origin.IdnHost : $"{origin.IdnHost}:{origin.Port}")}\n{(path is null ? "" : $"path={path}\n")}";

    /// <summary>Asks git's helpers for a host's credential; null when there is no git, no helper, or nothing in it.</summary>
    /// <param name="origin">The host's address.</param>
    /// <param name="path">The repository's path, which git looks at only where it is told to.</param>
    /// <param name="cancellationToken">Kills git.</param>
    public async Task<HostCredential?> FillAsync(Uri origin, string? path, CancellationToken cancellationToken)
    {
        if (await RunAsync("fill", origin, Describe(origin, path) + "\n", cancellationToken).ConfigureAwait(false) is not { ExitCode: 0 } answer) return null;
        string? Value(string key) => answer.Output.Split('\n').Select(line => line.TrimEnd('\r')).LastOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..];
        if (Value("username=") is { } user && Value("password=") is { Length: > 0 } password)
            return new HostCredential(origin, Value("path="), user, password) { Expiry = Value(ExpiryKey), RefreshToken = Value(RefreshTokenKey) };
        verbose($"No credential: git's helpers keep none for {origin.Authority} that can be used.");
        return null;
    }

    /// <summary>Tells git that a credential is right, so that helpers may keep it.</summary>
    public Task ApproveAsync(HostCredential credential, CancellationToken cancellationToken) => RunAsync("approve", credential.Origin, credential.Describe(), cancellationToken);

    /// <summary>Tells git that a credential is wrong, so that helpers forget it.</summary>
    public Task RejectAsync(HostCredential credential, CancellationToken cancellationToken) => RunAsync("reject", credential.Origin, credential.Describe(), cancellationToken);

    private async Task<ProcessOutput?> RunAsync(string action, Uri origin, string input, CancellationToken cancellationToken)
    {
        if (ProgramPath.Find("git", environment) is not { } git)
        {
            verbose($"No credential for {origin.Authority}: git is not on the PATH.");
            return null;
        }
        using var timer = new CancellationTokenSource(_patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            var answer = await ChildProcess.RunAsync(Prepare(git, action), input, both.Token).ConfigureAwait(false);
            if (answer.ExitCode != 0) verbose($"'git credential {action}' has nothing for {origin.Authority} (exit code {answer.ExitCode}).");
            return answer;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            verbose($"'git credential {action}' for {origin.Authority} did not end within {_patience.TotalSeconds} s.");
        }
        catch (Win32Exception e)
        {
            verbose($"No credential for {origin.Authority}: git can't be started: {UpstreamErrors.Innermost(e)}");
        }
        return null;
    }

    private ProcessStartInfo Prepare(string git, string action)
    {
        var start = new ProcessStartInfo(git, ["-c", "core.askPass=", "credential", action])
        {
            // The settings of a repository that somebody happens to be in are not asked who is trusted with passwords.
            WorkingDirectory = Path.GetPathRoot(git),
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string name in (string[])["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "SSH_ASKPASS"]) start.Environment.Remove(name);
        foreach (string name in _settings)
        {
            if (environment(name) is { } value) start.Environment[name] = value;
            else start.Environment.Remove(name);
        }
        start.Environment["GIT_TERMINAL_PROMPT"] = "0";
        start.Environment["GIT_ASKPASS"] = "";
        start.Environment["GCM_INTERACTIVE"] = "never";
        return start;
    }
}
