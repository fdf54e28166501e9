using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Refresh;

/// <summary>Counts the answers of one round and keeps the checks that they led to; those who want to know are never told two things at once.</summary>
internal sealed class AnswerCounter
{
    private readonly object _turn = new();
    private readonly Dictionary<ArtifactId, ArtifactCheck> _told = [];
    private readonly RefreshListener _listener;
    private readonly int _asked;
    private int _answered;

    public AnswerCounter(RefreshListener listener, int asked)
    {
        _listener = listener;
        _asked = asked;
        listener.Progressed(new UpstreamProgress(0, asked));
    }

    /// <summary>The check of an artifact, which was told.</summary>
    public ArtifactCheck CheckOf(ArtifactId id)
    {
        lock (_turn)
        {
            return _told[id];
        }
    }

    public void Tell(IReadOnlyList<ArtifactCheck> checks)
    {
        lock (_turn)
        {
            foreach (var check in checks)
            {
                _told[check.Id] = check;
                _listener.Checked(check);
            }
        }
    }

    public void CountOne()
    {
        lock (_turn)
        {
            _listener.Progressed(new UpstreamProgress(++_answered, _asked));
        }
    }
}
