using System.Globalization;
using System.Text;

namespace SkillMeat.Tests.Objects;

/// <summary>A realistic collection of any size: text in the artifacts, a table in the manifest and an entry in the lock file for each.</summary>
internal sealed class SampleCollection(string folder, int artifacts)
{
    private const int AddedWordsOneIn = 9;

    private static readonly string[] _words = Enumerable.Range(0, 6001).Select(Word).ToArray();

    private readonly int[] _versions = new int[artifacts];

    public void Write()
    {
        for (var i = 0; i < artifacts; i++) WriteArtifact(i);
        WriteTables();
    }

    /// <summary>Changes everything that an update of one artifact changes.</summary>
    public void Update(int artifact)
    {
        _versions[artifact]++;
        WriteArtifact(artifact);
        WriteTables();
    }

    private static string Id(int artifact) => artifact.ToString("0000", CultureInfo.InvariantCulture);

    private void WriteArtifact(int artifact)
    {
        var skill = Directory.CreateDirectory(Path.Combine(folder, "skills", $"artifact-{Id(artifact)}")).FullName;
        var random = new Random((artifact * 100) + _versions[artifact]);
        File.WriteAllText(Path.Combine(skill, "SKILL.md"), Prose(random, 1500 + random.Next(800)));
        File.WriteAllText(Path.Combine(skill, "reference.md"), Prose(random, 700 + random.Next(400)));
        if (artifact % 5 == 0) File.WriteAllText(Path.Combine(skill, "run.sh"), Prose(random, 400));
    }

    private void WriteTables()
    {
        var manifest = new StringBuilder("[collection]\nname = \"default\"\nversion = \"1.0.0\"\n");
        var entries = new StringBuilder("[lock]\nversion = \"1.0.0\"\n");
        for (var i = 0; i < artifacts; i++)
        {
            var random = new Random((i * 100) + _versions[i] + 50);
            var (commit, name) = (Hex(random, 20), $"artifact-{Id(i)}");
            manifest.Append(CultureInfo.InvariantCulture, $"""

                [[artifacts]]
                name = "{name}"
                type = "skill"
                path = "skills/{name}"
                origin = "github"
                added = "2026-11-21T05:10:29.902649"
                upstream = "https://github.com/owner-{i % 50}/skills/tree/{commit}/skills/{name}"
                version_spec = "latest"
                resolved_sha = "{commit}"
                uuid = "{Hex(new Random(i), 16)}"
                tags = ["one", "two"]
                [artifacts.metadata]
                title = "{name}"
                description = "{Prose(random, 80).ReplaceLineEndings(" ")}"

                """);
            entries.Append(CultureInfo.InvariantCulture, $"""

                [lock.entries."{name}::skill"]
                content_hash = "{Hex(random, 32)}"
                fetched = "2026-11-21T05:10:29.902649"
                upstream = "https://github.com/owner-{i % 50}/skills/tree/{commit}/skills/{name}"
                resolved_sha = "{commit}"

                """);
        }

        File.WriteAllText(Path.Combine(folder, "collection.toml"), manifest.ToString());
        File.WriteAllText(Path.Combine(folder, "collection.lock"), entries.ToString());
    }

    private static string Hex(Random random, int bytes)
    {
        var value = new byte[bytes];
        random.NextBytes(value);
        return Convert.ToHexString(value).ToLowerInvariant();
    }

    // Words with their natural frequencies, roughly: Zipf. Compresses about as English does.
    private static string Prose(Random random, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
        {
            var rank = (int)Math.Exp(random.NextDouble() * Math.Log(6000));
            text.Append(_words[rank]).Append(random.Next(AddedWordsOneIn) == 0 ? ".\n" : " ");
        }

        return text.ToString(0, length);
    }

    private static string Word(int rank)
    {
        var random = new Random(rank);
        return string.Create(2 + random.Next(1 + Math.Min(9, rank)), random, (letters, source) =>
        {
            for (var i = 0; i < letters.Length; i++) letters[i] = (i % 2 == 0 ? "tnshrdlcmwfgp" : "eaoiu")[source.Next(i % 2 == 0 ? 13 : 5)];
        });
    }
}
