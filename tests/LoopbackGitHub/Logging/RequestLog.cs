namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>The log of every request that the server received. A request is listed as soon as it arrives, and complete before the end of its answer is sent.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class RequestLog
{
    private readonly object _gate = new();
    private List<PendingRecord> _records = [];
    private int _running;
    private int _mostAtOnce;

    internal RequestLog()
    {
    }

    /// <summary>The number of requests.</summary>
    public int Total
    {
        get
        {
            lock (_gate)
            {
                return _records.Count;
            }
        }
    }

    /// <summary>The largest number of requests that ran at the same time.</summary>
    public int MostAtOnce
    {
        get
        {
            lock (_gate)
            {
                return _mostAtOnce;
            }
        }
    }

    /// <summary>Returns all requests, in the order of arrival.</summary>
    public IReadOnlyList<RequestRecord> Records
    {
        get
        {
            lock (_gate)
            {
                return _records.ConvertAll(pending => pending.Record);
            }
        }
    }

    /// <summary>Returns the number of requests of a kind.</summary>
    public int Count(RequestKind kind) => Records.Count(record => record.Kind == kind);

    /// <summary>Clears the log; running requests still count as running.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _records = [];
            _mostAtOnce = _running;
        }
    }

    internal PendingRecord Begin(Func<int, RequestRecord> describe)
    {
        lock (_gate)
        {
            var pending = new PendingRecord(describe(_records.Count + 1));
            _records.Add(pending);
            _mostAtOnce = Math.Max(_mostAtOnce, ++_running);
            return pending;
        }
    }

    internal void End(PendingRecord pending)
    {
        if (!pending.TryEnd())
        {
            return;
        }

        lock (_gate)
        {
            _running--;
        }
    }
}
