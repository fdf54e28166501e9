namespace SkillMeat.Upstream.Http;

/// <summary>What one call has gone through so far. Used by one attempt at a time.</summary>
internal sealed class UpstreamCall
{
    public UpstreamCall(UpstreamHttpRequest request)
    {
        Request = request;
    }

    /// <summary>What is asked.</summary>
    public UpstreamHttpRequest Request { get; }

    /// <summary>Attempts that went out.</summary>
    public int Attempts { get; set; }

    /// <summary>Attempts that failed with a fault that may pass.</summary>
    public int Faults { get; set; }

    /// <summary>Those of them that were a 502 or 504.</summary>
    public int GatewayFaults { get; set; }

    /// <summary>Whether a fault may be repeated once more.</summary>
    public bool MayRepeat(TransientUpstreamException fault, int maxRetries) =>
        Faults <= maxRetries && (!fault.IsGateway || Request.MaxGatewayRetries is not { } most || GatewayFaults <= most);

    /// <summary>Attempts that met a rate limit which was waited out.</summary>
    public int RateLimitWaits { get; set; }
}
