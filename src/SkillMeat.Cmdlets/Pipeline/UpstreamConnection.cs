using System.Net;
using System.Security;
using SkillMeat.Errors;
using SkillMeat.Upstream;
using SkillMeat.Upstream.Http;
using SkillMeat.Upstream.Tokens;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>Creates the connection to all upstreams from the parameters of a cmdlet.</summary>
internal static class UpstreamConnection
{
    /// <summary>Creates the options of the connection.</summary>
    /// <param name="pipeline">Receives verbose messages.</param>
    /// <param name="token">The given token for GitHub, or null.</param>
    /// <param name="maxWaitSec">The time to wait for a rate limit to be reset, in seconds.</param>
    /// <param name="timeoutSec">The time to wait for a host that does not answer, in seconds.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the token is empty.</exception>
    public static UpstreamSessionOptions Options(PipelineQueue pipeline, SecureString? token, double maxWaitSec, double timeoutSec) => new()
    {
        Http = new UpstreamOptions { Token = Read(token), MaxRateLimitWait = TimeSpan.FromSeconds(maxWaitSec) }.Within(TimeSpan.FromSeconds(timeoutSec)),
        Report = pipeline.Verbose,
    };

    private static GitHubToken? Read(SecureString? token) => token is null
        ? null
        : GitHubToken.From(new NetworkCredential("", token).Password, "-Token") ?? throw new SkillMeatException(ErrorIds.InvalidArgument, "-Token is empty. Leave it out to use the token of the environment, or none.");
}
