namespace SkillMeat.Upstream.Http;

/// <summary>The state of one call across its attempts. It is used by one attempt at a time.</summary>
internal sealed class UpstreamCall
{
    public UpstreamCall(UpstreamHttpRequest request, WaitBudget budget)
    {
        Request = request;
        Budget = budget;
    }

    /// <summary>The request.</summary>
    public UpstreamHttpRequest Request { get; }

    /// <summary>The time that the call may wait without progress.</summary>
    public WaitBudget Budget { get; }

    /// <summary>The number of attempts that were sent.</summary>
    public int Attempts { get; set; }

    /// <summary>The number of attempts that failed with a transient error.</summary>
    public int Faults { get; set; }

    /// <summary>The number of attempts that failed with 502 or 504.</summary>
    public int GatewayFaults { get; set; }

    /// <summary>Whether the call may be retried after a transient error.</summary>
    public bool MayRepeat(TransientUpstreamException fault, int maxRetries) =>
        !Budget.IsSpent && Faults <= maxRetries && (!fault.IsGateway || Request.MaxGatewayRetries is not { } most || GatewayFaults <= most);

    /// <summary>The number of attempts that met a rate limit and waited for it.</summary>
    public int RateLimitWaits { get; set; }
}
