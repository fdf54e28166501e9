using System.Text;
using SkillMeat.Collections;

namespace SkillMeat.Cache.Search.Words;

/// <summary>Collects the letters of a run. Those that are written as a letter and a mark, or as the parts of a Korean syllable, become one.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class UnspacedLetters
{
    private const int Voiced = 0x3099;
    private const int HalfVoiced = 0x309A;
    private const int FirstSyllable = 0xAC00;
    private const int FirstLead = 0x1100;
    private const int FirstVowel = 0x1161;
    private const int FirstTrail = 0x11A7;
    private const int Leads = 19;
    private const int Vowels = 21;
    private const int Trails = 28;

    // The letters whose voiced form is the next one.
    private const string Voiceable = "かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホゝヽ";
    private const string HalfVoiceable = "はひふへほハヒフヘホ";

    private readonly List<(Rune Letter, int Start, int End)> _letters = [];

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _letters.Count == 0;

    /// <summary>Adds the next letter of the run.</summary>
    public void Add(Rune letter, int start, int end)
    {
        if (_letters.Count > 0 && Join(_letters[^1].Letter, letter) is { } joined) _letters[^1] = (joined, _letters[^1].Start, end);
        else _letters.Add((letter.Value is >= 0xF900 and <= 0xFAFF ? new Rune(CanonicalForm.BaseOf((char)letter.Value)) : letter, start, end));
    }

    /// <summary>Returns the run, and begins the next one.</summary>
    public TextSegment Take()
    {
        var pieces = _letters.Select(one => new TextPiece(one.Letter.ToString(), one.Start, one.End)).ToList();
        _letters.Clear();
        return new TextSegment(string.Concat(pieces.Select(piece => piece.Text)), pieces[0].Start, pieces[^1].End, pieces, IsRun: true);
    }

    private static Rune? Join(Rune before, Rune letter)
    {
        if (letter.Value == Voiced && before.IsBmp) return before.Value is 'う' or 'ウ' ? new Rune(before.Value == 'う' ? 'ゔ' : 'ヴ') : Voiceable.Contains((char)before.Value, StringComparison.Ordinal) ? new Rune(before.Value + 1) : null;
        if (letter.Value == HalfVoiced && before.IsBmp) return HalfVoiceable.Contains((char)before.Value, StringComparison.Ordinal) ? new Rune(before.Value + 2) : null;
        var (lead, vowel, trail, syllable) = (before.Value - FirstLead, letter.Value - FirstVowel, letter.Value - FirstTrail, before.Value - FirstSyllable);
        if (lead is >= 0 and < Leads && vowel is >= 0 and < Vowels) return new Rune(FirstSyllable + (((lead * Vowels) + vowel) * Trails));
        return syllable is >= 0 and < Leads * Vowels * Trails && syllable % Trails == 0 && trail is > 0 and < Trails ? new Rune(before.Value + trail) : null;
    }
}
