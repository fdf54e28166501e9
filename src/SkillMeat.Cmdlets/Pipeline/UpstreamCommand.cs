using System.Management.Automation;
using System.Security;
using SkillMeat.Cache;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Upstream;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>The base of cmdlets that contact upstream and change a home.</summary>
public abstract class UpstreamCommand : ChangingCommand
{
    /// <summary>The token for GitHub.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>The time to wait for a rate limit to be reset, in seconds.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.Least, WaitSeconds.Most)]
    public double MaxWaitSec { get; set; } = WaitSeconds.ForRateLimit;

    /// <summary>The time to wait for a host that does not answer, in seconds.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.LeastForAnswer, WaitSeconds.Most)]
    public double TimeoutSec { get; set; } = WaitSeconds.ForAnswer;

    /// <summary>Creates the connection to all upstreams. Sends no request yet.</summary>
    /// <param name="store">The home.</param>
    /// <param name="pipeline">The queue for messages to the user.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the token is empty.</exception>
    protected UpstreamSession OpenUpstream(CollectionStore store, PipelineQueue pipeline) =>
        HomeCache.Connect(store, UpstreamConnection.Options(pipeline, Token, MaxWaitSec, TimeoutSec));
}
