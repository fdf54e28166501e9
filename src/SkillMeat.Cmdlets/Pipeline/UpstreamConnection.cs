using System.Net;
using System.Security;
using SkillMeat.Errors;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The connection to all upstreams, as a cmdlet's parameters want it.</summary>
internal static class UpstreamConnection
{
    /// <summary>How upstreams are asked.</summary>
    /// <param name="pipeline">Told what is done and why.</param>
    /// <param name="token">The token for GitHub that was given; null for none.</param>
    /// <param name="maxWaitSec">How long to wait for a rate limit to be reset.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the token is empty.</exception>
    public static UpstreamSessionOptions Options(PipelineQueue pipeline, SecureString? token, double maxWaitSec) => new()
    {
        Http = new UpstreamOptions { Token = Read(token), MaxRateLimitWait = TimeSpan.FromSeconds(maxWaitSec) },
        Report = pipeline.Verbose,
    };

    private static GitHubToken? Read(SecureString? token) => token is null
        ? null
        : GitHubToken.From(new NetworkCredential("", token).Password, "-Token") ?? throw new SkillMeatException(ErrorIds.InvalidArgument, "-Token holds an empty text. Leave it out to use the environment's token, or none.");
}
