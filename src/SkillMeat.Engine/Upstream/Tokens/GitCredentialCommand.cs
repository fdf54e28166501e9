using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Upstream.Tokens;

/// <summary>
/// Gets credentials from <c>git credential</c>, and reports to it whether they worked. It never prompts, and never passes a secret as an argument.
/// </summary>
/// <param name="environment">Reads an environment variable: <c>PATH</c> to find git, others to find its settings.</param>
/// <param name="time">The clock for the timeout of a credential helper.</param>
/// <param name="verbose">Called with a one-line message when there is no credential.</param>
internal sealed class GitCredentialCommand(Func<string, string?> environment, TimeProvider time, Action<string> verbose)
{
    public const string ExpiryKey = "password_expiry_utc=";

    public const string RefreshTokenKey = "oauth_refresh_token=";

    /// <summary>Credential helpers may renew a token over the network; one that takes longer than this is waiting for user input.</summary>
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(15);

    /// <summary>The session's environment determines the settings that git reads.</summary>
    private static readonly string[] _settings = ["PATH", "HOME", "USERPROFILE", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM"];

    /// <summary>Returns the lines that describe a host to git.</summary>
    public static string Describe(Uri origin, string? path) =>
        $"protocol={origin.Scheme}\nhost={(origin.IsDefaultPort ? origin.IdnHost : $"{origin.IdnHost}:{origin.Port}")}\n{(path is null ? "" : $"path={path}\n")}";

    /// <summary>Gets the credential for a host; null if there is no git, no credential helper or no credential.</summary>
    /// <param name="origin">The address of the host.</param>
    /// <param name="path">The path of the repository, which git uses only if it is configured to.</param>
    /// <param name="cancellationToken">Kills git.</param>
    public async Task<HostCredential?> FillAsync(Uri origin, string? path, CancellationToken cancellationToken)
    {
        if (await RunAsync("fill", origin, Describe(origin, path) + "\n", cancellationToken).ConfigureAwait(false) is not { ExitCode: 0 } answer) return null;
        string? Value(string key) => answer.Output.Split('\n').Select(line => line.TrimEnd('\r')).LastOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?[key.Length..];
        if (Value("username=") is { } user && Value("password=") is { Length: > 0 } password)
            return new HostCredential(origin, Value("path="), user, password) { Expiry = Value(ExpiryKey), RefreshToken = Value(RefreshTokenKey) };
        verbose($"No credential: git's helpers have none for {origin.Authority}.");
        return null;
    }

    /// <summary>Reports a working credential to git, so that helpers can store it.</summary>
    public Task ApproveAsync(HostCredential credential, CancellationToken cancellationToken) => RunAsync("approve", credential.Origin, credential.Describe(), cancellationToken);

    /// <summary>Reports a wrong credential to git, so that helpers erase it.</summary>
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
            verbose($"No credential for {origin.Authority}: git cannot be started: {UpstreamErrors.Innermost(e)}");
        }
        return null;
    }

    private ProcessStartInfo Prepare(string git, string action)
    {
        var start = new ProcessStartInfo(git, ["-c", "core.askPass=", "credential", action])
        {
            // The settings of a repository in the current folder must not decide who gets to see passwords.
            WorkingDirectory = Path.GetPathRoot(git),
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (string name in (string[])["GIT_DIR", "GIT_WORK_TREE", "GIT_COMMON_DIR", "SSH_ASKPASS", "SKILLMEAT_GITHUB_TOKEN"]) start.Environment.Remove(name);
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
