using System.Globalization;
using System.Net;
using System.Text.Json;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Upstream.Diagnosis;

/// <summary>Tests the access to one host.</summary>
/// <param name="host">The host.</param>
/// <param name="configured">The configured GitHub server, to which the token belongs.</param>
/// <param name="token">The token; null if there is none.</param>
/// <param name="anonymous">Sends requests without the token and credentials.</param>
/// <param name="authorized">Sends requests with the token or credentials.</param>
/// <param name="credentials">The credentials that git stores for hosts without a token.</param>
/// <param name="proxy">Finds the proxy for an address.</param>
/// <param name="time">The local clock.</param>
internal sealed class HostExamination(
    ExaminedHost host, GitHubHosts configured, GitHubToken? token, HostProbe anonymous, HostProbe authorized, HostCredentials credentials, ProxyInUse proxy, TimeProvider time)
{
    /// <summary>A larger difference makes answers seem to come from the past or the future, and breaks signatures and waiting times.</summary>
    private static readonly TimeSpan _clockTolerance = TimeSpan.FromSeconds(60);

    private readonly List<UpstreamFinding> _findings = [];

    public async Task<IReadOnlyList<UpstreamFinding>> RunAsync(CancellationToken cancellationToken)
    {
        if (host.Server.Scheme == "ssh")
        {
            Add("ssh", FindingStatus.Ok, "git connects to this host over ssh with your key; the connection is not tested.");
            return _findings;
        }
        Add("proxy", FindingStatus.Ok, proxy.Find(host.Server) is { } used ? $"Requests go through the proxy {used.GetLeftPart(UriPartial.Authority)}." : "No proxy is used.");
        if (GitHubHosts.For(host.Server, configured) is not { } gitHub)
        {
            await ExamineGitAsync(needsReachability: true, cancellationToken).ConfigureAwait(false);
        }
        else if (await ExamineApiAsync(gitHub, cancellationToken).ConfigureAwait(false))
        {
            await ExamineGitAsync(needsReachability: false, cancellationToken).ConfigureAwait(false);
        }
        return _findings;
    }

    private async Task<bool> ExamineApiAsync(GitHubHosts gitHub, CancellationToken cancellationToken)
    {
        var ours = gitHub == configured ? token : null;
        var answer = await (ours is null ? anonymous : authorized).ReadLimitsAsync(gitHub.Api, cancellationToken).ConfigureAwait(false);
        if (!CheckReachable(answer, gitHub.Api)) return false;
        if (gitHub == configured) CheckToken(answer);
        // If the token was refused, the answer does not contain the limits that apply without one.
        CheckLimits(answer, ours is not null);
        return true;
    }

    private bool CheckReachable(ProbeAnswer answer, Uri asked)
    {
        if (answer.Error is { } error)
        {
            Add("reachable", FindingStatus.Error, error.Message);
            return false;
        }
        bool works = (int)answer.Status!.Value < 500;
        Add(
            "reachable",
            works ? FindingStatus.Ok : FindingStatus.Error,
            works ? $"{asked.Authority} answers in {answer.Elapsed.TotalMilliseconds:0} ms." : $"{asked.Authority} answers HTTP {answer.Code}; try again later.");
        CheckClock(answer.Date);
        return works;
    }

    private void CheckClock(DateTimeOffset? date)
    {
        if (date is not { } theirs) return;
        var off = time.GetUtcNow() - theirs;
        string seconds = Math.Abs(off.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        bool isRight = off.Duration() < _clockTolerance;
        Add(
            "clock",
            isRight ? FindingStatus.Ok : FindingStatus.Warning,
            isRight ? "The clocks agree." : $"The clock of this computer is {seconds} s {(off > TimeSpan.Zero ? "ahead of" : "behind")} the host's; correct it.");
    }

    private void CheckToken(ProbeAnswer answer)
    {
        if (token is null)
        {
            Add("token", FindingStatus.Warning, $"There is no token, so update checks use git and the API allows 60 requests an hour: {CredentialAdvice.HowToSetToken}");
            return;
        }
        var (status, message) = answer.Status switch
        {
            HttpStatusCode.OK or HttpStatusCode.NotFound => (FindingStatus.Ok, $"The token from {token.Source} is accepted."),
            HttpStatusCode.Unauthorized => (FindingStatus.Error, $"The token from {token.Source} was refused (401); create a new one, or remove it."),
            _ => (FindingStatus.Error, $"The token from {token.Source} could not be used (HTTP {answer.Code}){MessageOf(answer)}."),
        };
        Add("token", status, message);
    }

    private void CheckLimits(ProbeAnswer answer, bool withToken)
    {
        if (answer.Status == HttpStatusCode.NotFound) Add("rest_limit", FindingStatus.Ok, "The host has no rate limits.");
        if (!answer.IsOk) return;
        try
        {
            using var json = JsonDocument.Parse(answer.Text);
            var resources = json.RootElement.GetProperty("resources");
            CheckLimit("rest_limit", "REST", resources.GetProperty("core"), isNeeded: false);
            if (withToken && resources.TryGetProperty("graphql", out var graphQL)) CheckLimit("graphql_limit", "GraphQL", graphQL, isNeeded: true);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            Add("rest_limit", FindingStatus.Warning, "Cannot read the rate limits in the host's answer. Is it a GitHub server, or a proxy that answers in its place?");
        }
    }

    private void CheckLimit(string check, string name, JsonElement limit, bool isNeeded)
    {
        long most = limit.GetProperty("limit").GetInt64();
        long left = limit.GetProperty("remaining").GetInt64();
        string reset = DateTimeOffset.FromUnixTimeSeconds(limit.GetProperty("reset").GetInt64()).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var status = left > 0 ? FindingStatus.Ok : isNeeded ? FindingStatus.Error : FindingStatus.Warning;
        Add(check, status, string.Create(CultureInfo.InvariantCulture, $"{name}: {left} of {most} left, reset at {reset}."));
    }

    private async Task ExamineGitAsync(bool needsReachability, CancellationToken cancellationToken)
    {
        RepositoryAddress? refused = null;
        ProbeAnswer? refusal = null;
        foreach (var repository in host.Repositories)
        {
            var answer = await anonymous.ReadRefsAsync(repository, cancellationToken).ConfigureAwait(false);
            if (needsReachability && !CheckReachable(answer, host.Server)) return;
            needsReachability = false;
            if (answer.IsOk)
            {
                Add("git_refs", FindingStatus.Ok, $"git can list the refs of {repository} without credentials.");
                await ExamineUploadPackAsync(repository, cancellationToken).ConfigureAwait(false);
                if (refused is not null) await ExamineCredentialAsync(refused, cancellationToken).ConfigureAwait(false);
                return;
            }
            if (refused is null) (refused, refusal) = (repository, answer);
        }
        if (refused is null || refusal is null) return;
        bool isLimit = refusal.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden;
        Add(
            "git_refs",
            refusal.Error is null ? FindingStatus.Warning : FindingStatus.Error,
            refusal.Error?.Message ?? $"git cannot list the refs of {refused} without credentials (HTTP {refusal.Code}); {(isLimit ? $"the host limits or forbids access{MessageOf(refusal)}" : "it is private or does not exist")}.");
        await ExamineCredentialAsync(refused, cancellationToken).ConfigureAwait(false);
    }

    private async Task ExamineUploadPackAsync(RepositoryAddress repository, CancellationToken cancellationToken)
    {
        var answer = await anonymous.AskUploadPackAsync(repository, cancellationToken).ConfigureAwait(false);
        int error = answer.Text.IndexOf("ERR ", StringComparison.Ordinal);
        if (answer.IsOk && error != 4)
        {
            Add("git_fetch", FindingStatus.Ok, $"git can fetch from {repository} without credentials.");
            return;
        }
        string words = answer.IsOk ? $": {ServerText.Cut(ServerText.Flatten(answer.Text[(error + 4)..]), 200).TrimEnd('.')}" : MessageOf(answer);
        Add(
            "git_fetch",
            FindingStatus.Warning,
            answer.Error?.Message ?? $"git cannot fetch from {repository} without credentials at the moment (HTTP {answer.Code}){words}. To avoid this, {CredentialAdvice.For(host.Server, configured)}");
    }

    private async Task ExamineCredentialAsync(RepositoryAddress repository, CancellationToken cancellationToken)
    {
        var answer = await authorized.ReadRefsAsync(repository, cancellationToken).ConfigureAwait(false);
        bool hasToken = token is not null && Origin.IsPrivate(host.Server) && configured.Owns(host.Server);
        string means = hasToken ? $"token from {token!.Source}" : $"credential that git stores for {host.Name}";
        var verdict = hasToken ? CredentialVerdict.Untried : credentials.Judge(repository.GitUrl!);
        if (answer.IsOk) Add("credential", FindingStatus.Ok, $"The {means} gives access to {repository}.");
        else if (verdict == CredentialVerdict.Refused) Add("credential", FindingStatus.Error, $"{host.Name} refused the {means}. To replace it, {CredentialAdvice.For(host.Server, configured)}");
        else if (hasToken || verdict is not null) Add("credential", FindingStatus.Error, $"The {means} gives no access to {repository} (HTTP {answer.Code}).");
        else Add("credential", FindingStatus.Error, $"There is no credential for {repository} (HTTP {answer.Code}). If it is private, {CredentialAdvice.For(host.Server, configured)}");
    }

    private static string MessageOf(ProbeAnswer answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer.Text);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("message", out var message) && message.GetString() is { Length: > 0 } words
                ? $": {ServerText.Cut(ServerText.Flatten(words), 200).TrimEnd('.')}"
                : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // An HTML page or an answer of git has no message.
            return "";
        }
    }

    private void Add(string check, FindingStatus status, string message) => _findings.Add(new UpstreamFinding(host.Name, check, status, message));
}
