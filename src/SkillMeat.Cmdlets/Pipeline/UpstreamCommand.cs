using System.Management.Automation;
using System.Security;
using SkillMeat.Collections;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Upstream;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>A cmdlet that asks upstream and changes a home.</summary>
public abstract class UpstreamCommand : ChangingCommand
{
    /// <summary>The token for GitHub.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Token { get; set; }

    /// <summary>How long to wait for a rate limit to be reset.</summary>
    [Parameter]
    [ValidateRange(WaitSeconds.Least, WaitSeconds.Most)]
    public double MaxWaitSec { get; set; } = WaitSeconds.ForRateLimit;

    /// <summary>Opens the connection to all upstreams; nothing is asked yet.</summary>
    /// <param name="store">The home.</param>
    /// <param name="pipeline">The way to the user.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the token is empty.</exception>
    protected UpstreamSession OpenUpstream(CollectionStore store, PipelineQueue pipeline) =>
        UpstreamSession.Create(store, UpstreamConnection.Options(pipeline, Token, MaxWaitSec));
}
