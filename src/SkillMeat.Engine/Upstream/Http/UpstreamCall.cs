namespace SkillMeat.Upstream.Http;

/// <summary>The state of one call across its attempts. It is used by one attempt at a time.</summary>
internal sealed class UpstreamCall
{
    private readonly Dictionary<HostGate, long> _progressBefore = [];

    /// <summary>Creates the state.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">The time that the call may wait without progress.</param>
    /// <param name="gate">The gate of the request's host.</param>
    public UpstreamCall(UpstreamHttpRequest request, TimeSpan timeout, HostGate gate)
    {
        Request = request;
        Gate = gate;
        TurnTo(gate);
        Budget = new WaitBudget(timeout, () => Gate.Progress());
    }

    /// <summary>The gate of the host that the call waits for: the request's, or one that it was redirected to.</summary>
    public HostGate Gate { get; private set; }

    /// <summary>Whether that host has answered this call or others since the call turned to it first.</summary>
    public bool HasHostProgressed => Gate.ProgressCount != _progressBefore[Gate];

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

    /// <summary>Records that the call waits for a host from now on.</summary>
    public void TurnTo(HostGate gate)
    {
        Gate = gate;
        _progressBefore.TryAdd(gate, gate.ProgressCount);
    }

    /// <summary>Whether the call may be retried after a transient error.</summary>
    public bool MayRepeat(TransientUpstreamException fault, int maxRetries) =>
        !fault.IsFinal && !Budget.IsSpent && Faults <= maxRetries && (!fault.IsGateway || Request.MaxGatewayRetries is not { } most || GatewayFaults <= most);

    /// <summary>The number of attempts that met a rate limit and waited for it.</summary>
    public int RateLimitWaits { get; set; }
}
