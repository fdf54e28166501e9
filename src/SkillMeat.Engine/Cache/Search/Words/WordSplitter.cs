using System.Text;

namespace SkillMeat.Cache.Search.Words;

/// <summary>Splits text into words, and runs of letters of scripts without blanks, in the same way for what is searched and for what is typed.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class WordSplitter
{
    // A longer text is no word, but data. Its beginning is enough to find it.
    private const int LongestWord = 64;

    private readonly StringBuilder _word = new();
    private readonly UnspacedLetters _run = new();
    private readonly List<int> _borders = [];
    private readonly List<TextSegment> _segments = [];
    private int _wordStart;
    private int _wordEnd;
    private char _before;

    /// <summary>Splits a text.</summary>
    /// <returns>The segments in the order of the text.</returns>
    public IReadOnlyList<TextSegment> Split(string text)
    {
        _segments.Clear();
        for (var i = 0; i < text.Length;)
        {
            var rune = Rune.TryGetRuneAt(text, i, out var valid) ? valid : Rune.ReplacementChar;
            var end = i + rune.Utf16SequenceLength;
            Add(text, LetterFolding.Widen(rune), i, end);
            i = end;
        }

        EndWord(text);
        EndRun();
        return [.. _segments];
    }

    private void Add(string text, Rune rune, int start, int end)
    {
        if (LetterFolding.IsUnspaced(rune))
        {
            EndWord(text);
            _run.Add(rune, start, end);
        }
        else if (!rune.IsAscii && LetterFolding.IsIgnored(rune))
        {
            if (_word.Length > 0) _wordEnd = end;
        }
        else if (LetterFolding.IsLetter(rune))
        {
            EndRun();
            AddToWord(text, rune, start, end);
        }
        else
        {
            EndWord(text);
            EndRun();
        }
    }

    private void AddToWord(string text, Rune rune, int start, int end)
    {
        if (_word.Length == 0) _wordStart = start;
        else if (char.IsUpper(text[start]) && (char.IsLower(_before) || (char.IsUpper(_before) && end < text.Length && char.IsLower(text[end])))) _borders.Add(start);
        _before = text[start];
        _wordEnd = end;
        if (_word.Length < LongestWord) LetterFolding.Append(_word, rune);
    }

    private void EndWord(string text)
    {
        if (_word.Length == 0) return;
        _segments.Add(new TextSegment(_word.ToString(), _wordStart, _wordEnd, _borders.Count == 0 || _wordEnd - _wordStart > LongestWord ? [] : PartsOf(text), IsRun: false));
        _word.Clear();
        _borders.Clear();
    }

    private List<TextPiece> PartsOf(string text)
    {
        var parts = new List<TextPiece>(_borders.Count + 1);
        var start = _wordStart;
        foreach (var border in _borders.Append(_wordEnd))
        {
            var part = new StringBuilder();
            foreach (var rune in text.AsSpan(start, border - start).EnumerateRunes())
            {
                if (!LetterFolding.IsIgnored(rune)) LetterFolding.Append(part, LetterFolding.Widen(rune));
            }

            parts.Add(new TextPiece(part.ToString(), start, border));
            start = border;
        }

        return parts;
    }

    private void EndRun()
    {
        if (!_run.IsEmpty) _segments.Add(_run.Take());
    }
}
