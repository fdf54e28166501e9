namespace SkillMeat.Tests.LoopbackGitHub;

/// <summary>A record that is not complete yet. It is replaced as a whole, so readers never see half of a change.</summary>
internal sealed class PendingRecord(RequestRecord record)
{
    private readonly object _gate = new();
    private RequestRecord _record = record;
    private bool _ended;

    public RequestRecord Record
    {
        get
        {
            lock (_gate)
            {
                return _record;
            }
        }
    }

    public void Change(Func<RequestRecord, RequestRecord> change)
    {
        lock (_gate)
        {
            _record = change(_record);
        }
    }

    /// <summary>Returns true the first time.</summary>
    public bool TryEnd()
    {
        lock (_gate)
        {
            var first = !_ended;
            _ended = true;
            return first;
        }
    }
}
