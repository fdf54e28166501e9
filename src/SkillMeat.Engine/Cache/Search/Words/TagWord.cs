using System.Text;

namespace SkillMeat.Cache.Search.Words;

/// <summary>The one word that stands for a whole tag, so that a filter by <c>pdf</c> does not find <c>pdf-tools</c>. Its signs are of the private area, which no other word has.</summary>
internal static class TagWord
{
    private const char Mark = '\uE000';
    private const int FirstSign = 0xE100;

    /// <summary>Returns the word.</summary>
    public static string Of(string tag)
    {
        var word = new StringBuilder().Append(Mark);
        foreach (var rune in tag.Trim().EnumerateRunes())
        {
            var letter = LetterFolding.Widen(rune);
            if (LetterFolding.IsIgnored(letter)) continue;
            if (LetterFolding.IsLetter(letter)) LetterFolding.Append(word, letter);
            else if (letter.IsAscii) word.Append((char)(FirstSign + letter.Value));
            else word.Append(letter.ToString());
        }

        return word.ToString();
    }
}
