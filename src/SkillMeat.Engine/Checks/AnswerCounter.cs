using SkillMeat.Collections;
using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>Counts the answers of one round, and ensures that the listener is never called concurrently.</summary>
internal sealed class AnswerCounter
{
    private readonly object _turn = new();
    private readonly Dictionary<ArtifactId, ArtifactCheck> _told = [];
    private readonly CheckListener _listener;
    private readonly int _asked;
    private int _answered;

    public AnswerCounter(CheckListener listener, int asked)
    {
        _listener = listener;
        _asked = asked;
        listener.Progressed(new UpstreamProgress(0, asked));
    }

    /// <summary>Gets the check of an artifact that was passed to <see cref="Report"/>.</summary>
    public ArtifactCheck CheckOf(ArtifactId id)
    {
        lock (_turn)
        {
            return _told[id];
        }
    }

    public void Report(IReadOnlyList<ArtifactCheck> checks)
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
