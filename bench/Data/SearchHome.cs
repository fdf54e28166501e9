using System.Globalization;
using System.Text;

namespace SkillMeat.Bench.Data;

/// <summary>A home with artifacts of short descriptions, of which known shares have a word.</summary>
internal static class SearchHome
{
    /// <summary>A word that 34 of 100 artifacts have.</summary>
    public const string Frequent = "workflow";

    /// <summary>A word that 5 of 100 artifacts have.</summary>
    public const string Rare = "spreadsheet";

    private const int Words = 2000;
    private const int WordsOfDescription = 12;
    private const int WordsOfText = 30;

    /// <summary>Writes the home.</summary>
    public static void Write(string home, int count)
    {
        var random = new Random(15);
        string[] words = [.. Enumerable.Range(0, Words).Select(_ => string.Concat(Enumerable.Range(0, random.Next(3, 10)).Select(_ => (char)('a' + random.Next(26)))))];
        // Some words are frequent, and most are rare.
        string Some(int number) => string.Join(' ', Enumerable.Range(0, number).Select(_ => words[random.Next(random.Next(1, Words))]));
        var collection = Path.Combine(home, "collections", "default");
        var manifest = new StringBuilder("[collection]\nname = \"default\"\nversion = \"1.0.0\"\ncreated = \"2026-01-01T00:00:00\"\nupdated = \"2026-01-01T00:00:00\"\n");
        var pinned = new StringBuilder("[lock]\nversion = \"1.0.0\"\n");
        for (var i = 0; i < count; i++)
        {
            var (name, sha) = (string.Create(CultureInfo.InvariantCulture, $"{words[i % Words]}-{i:00000}"), i.ToString("x40", CultureInfo.InvariantCulture));
            var description = $"{Some(WordsOfDescription)}{(i % 100 < 34 ? $" {Frequent}" : "")}{(i % 20 == 0 ? $" {Rare}" : "")}";
            var source = string.Create(CultureInfo.InvariantCulture, $"https://github.com/owner{i % 20}/repo{i % 50}/tree/{sha}/skills/{name}");
            manifest.Append(CultureInfo.InvariantCulture, $"\n[[artifacts]]\nname = \"{name}\"\ntype = \"skill\"\npath = \"skills/{name}\"\norigin = \"github\"\nadded = \"2026-01-01T00:00:00\"\n")
                .Append(CultureInfo.InvariantCulture, $"upstream = \"{source}\"\nversion_spec = \"latest\"\nresolved_sha = \"{sha}\"\ntags = [\"{words[i % 40]}\", \"{words[i % 70]}\"]\n\n[artifacts.metadata]\ndescription = \"{description}\"\nauthor = \"Author {i % 30}\"\n");
            pinned.Append(CultureInfo.InvariantCulture, $"\n[lock.entries.\"{name}::skill\"]\ncontent_hash = \"{sha}{sha[..24]}\"\nfetched = \"2026-01-01T00:00:00\"\nresolved_sha = \"{sha}\"\n");
            var folder = Directory.CreateDirectory(Path.Combine(collection, "skills", name)).FullName;
            File.WriteAllText(Path.Combine(folder, "SKILL.md"), $"---\nname: {name}\ndescription: {description}\n---\n\n# {name}\n\n{Some(WordsOfText)}\n");
        }

        File.WriteAllText(Path.Combine(collection, "collection.toml"), manifest.ToString());
        File.WriteAllText(Path.Combine(collection, "collection.lock"), pinned.ToString());
        File.WriteAllText(Path.Combine(home, "config.toml"), "[settings]\ndefault-collection = \"default\"\n");
    }
}
