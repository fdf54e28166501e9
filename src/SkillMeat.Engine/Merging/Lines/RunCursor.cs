namespace SkillMeat.Merging.Lines;

/// <summary>Goes through the changes of one side.</summary>
internal sealed class RunCursor(List<ChangeRun> runs, TextLines lines)
{
    private int _next;

    public bool IsAtEnd => _next == runs.Count;

    public ChangeRun Current => runs[_next];

    /// <summary>How much further down lines are here than in the original, between the run before and the current one.</summary>
    public int Shift => !IsAtEnd ? Current.NewStart - Current.OldStart : runs[^1].NewEnd - runs[^1].OldEnd;

    public void MoveNext() => _next++;

    /// <summary>Whether the current run ends, by the original's lines, before another begins; they must not even touch.</summary>
    public bool IsBefore(RunCursor other) => !IsAtEnd && (other.IsAtEnd || Current.OldEnd < other.Current.OldStart);

    public bool IsSameChange(RunCursor other) =>
        Current.OldStart == other.Current.OldStart && Current.OldCount == other.Current.OldCount && NewIds().SequenceEqual(other.NewIds());

    /// <summary>The lines of this side in the place of lines of the original that begin and end no later than and no sooner than the current run.</summary>
    public (int Start, int End) Around(int oldStart, int oldEnd) => (Current.NewStart - (Current.OldStart - oldStart), Current.NewEnd + (oldEnd - Current.OldEnd));

    private ReadOnlySpan<int> NewIds() => lines.Ids.AsSpan(Current.NewStart, Current.NewCount);
}
