using System.Globalization;
using System.Text;
using SkillMeat.Objects;
using SkillMeat.Objects.Maintenance;
using SkillMeat.Objects.Trees;
using SkillMeat.Storage;

namespace SkillMeat.Tests.CrashHost;

/// <summary>Adds and collects objects until the process is interrupted. The same number always makes the same tree.</summary>
internal static class ObjectScenario
{
    public const int Fresh = 1000;

    private const int Old = 15;
    private static readonly string[] _words = ["skill", "meat", "review", "the", "notes", "of", "a", "meeting", "and", "what", "follows", "from", "them", "artifact"];

    /// <summary>Adds fifteen trees, each in a pack of its own, so that the next one writes a cache of their indexes.</summary>
    public static IReadOnlyList<ObjectId> Prepare(string home) => [.. Enumerable.Range(0, Old).Select(number => Add(home, null, number))];

    /// <summary>The objects that a collection keeps: four trees, and a folder of four.</summary>
    public static IReadOnlyList<ObjectId> Roots(ObjectStore store)
    {
        // Ids depend only on the content, so a writer that never commits can compute them.
        using var writer = store.BeginWrite();
        return [.. Enumerable.Range(0, 4).Select(number => AddTree(writer, number)), .. Enumerable.Range(4, 4).Select(number => AddFolder(writer, AddFiles(writer, new Random(number))))];
    }

    /// <summary>Adds a tree: small files, a large one, a folder. One pack.</summary>
    public static ObjectId Add(string home, IStorageFaults? faults, int number)
    {
        using var writer = new ObjectStore(home, Random.Shared, faults).BeginWrite();
        var id = AddTree(writer, number);
        writer.Commit();
        return id;
    }

    public static ObjectId AddTree(ObjectWriter writer, int number)
    {
        var random = new Random(number);
        var files = AddFiles(writer, random);
        var large = File(writer, "large.md", Text(random, number == Fresh ? 400_000 : 30_000));
        return writer.AddTree([large, .. files, new TreeEntry("folder", TreeEntryKind.Folder, AddFolder(writer, files), files.Take(3).Sum(file => file.Size))]);
    }

    public static CollectReport Collect(string home, IStorageFaults? faults)
    {
        var store = new ObjectStore(home, Random.Shared, faults);
        return new ObjectCollector(store).Collect(Roots(new ObjectStore(home, Random.Shared)), CancellationToken.None);
    }

    private static List<TreeEntry> AddFiles(ObjectWriter writer, Random random) =>
        Enumerable.Range(0, 40).Select(index => File(writer, $"file-{index.ToString(CultureInfo.InvariantCulture)}.md", Text(random, 2000 + index))).ToList();

    private static ObjectId AddFolder(ObjectWriter writer, List<TreeEntry> files) => writer.AddTree(files.GetRange(0, 3));

    private static TreeEntry File(ObjectWriter writer, string name, byte[] content) => new(name, TreeEntryKind.File, writer.AddBlob(content), content.Length);

    private static byte[] Text(Random random, int length)
    {
        var text = new StringBuilder(length + 16);
        while (text.Length < length) text.Append(_words[random.Next(_words.Length)]).Append(random.Next(4) == 0 ? random.Next().ToString(CultureInfo.InvariantCulture) + "\n" : " ");
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
