using SkillMeat.Upstream;

namespace SkillMeat.Checks;

/// <summary>Counts the answers of one round, and ensures that the listener is never called concurrently.</summary>
internal sealed class AnswerCounter
{
    private readonly object _turn = new();
    private readonly CheckListener _listener;
    private readonly int _asked;
    private int _answered;

    public AnswerCounter(CheckListener listener, int asked)
    {
        _listener = listener;
        _asked = asked;
        listener.Progressed(new UpstreamProgress(0, asked));
    }

    public void Report(IReadOnlyList<ArtifactCheck> checks)
    {
        lock (_turn)
        {
            foreach (var check in checks)
            {
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
