using System.ComponentModel;
using SkillMeat.Errors;

namespace SkillMeat.Upstream.Tokens;

/// <summary>Gets the token for a host from GitHub's command line, <c>gh</c>. A missing token is not an error.</summary>
internal sealed class GhCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly Func<string, string?> _environment;
    private readonly RunProcess _run;
    private readonly TimeProvider _time;
    private readonly Action<string> _verbose;

    public GhCommand(Func<string, string?> environment, RunProcess run, TimeProvider time, Action<string> verbose)
    {
        _environment = environment;
        _run = run;
        _time = time;
        _verbose = verbose;
    }

    /// <summary>
    /// Returns the token that <c>gh</c> stores for a host, or null if there is no <c>gh</c>, no token, or no answer within 3 seconds.
    /// </summary>
    public async Task<GitHubToken?> FindTokenAsync(string host, CancellationToken cancellationToken)
    {
        if (ProgramPath.Find("gh", _environment) is not { } gh)
        {
            _verbose("No token: gh is not on the PATH.");
            return null;
        }
        using var timer = new CancellationTokenSource(Patience, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timer.Token);
        try
        {
            // The host is always given, because GH_HOST could make gh use another one.
            var answer = await _run(gh, ["auth", "token", "--hostname", host], both.Token).ConfigureAwait(false);
            if (answer.ExitCode == 0 && GitHubToken.From(answer.Output, "gh auth token") is { } token) return token;
            _verbose($"No token: gh has none for {host} (exit code {answer.ExitCode}).");
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            _verbose($"No token: gh did not answer within {Patience.TotalSeconds} s.");
        }
        catch (Win32Exception e)
        {
            _verbose($"No token: gh cannot be started: {e.Message}");
        }
        catch (SkillMeatException e)
        {
            _verbose($"No token: {e.Message}");
        }
        return null;
    }
}
