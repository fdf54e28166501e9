using System.Globalization;
using System.Security.Cryptography;
using SkillMeat.Objects;
using SkillMeat.Objects.Trees;

namespace SkillMeat.Tests.Objects;

/// <summary>The simplest model of a folder: every path with its kind and its bytes. Empty folders are paths too.</summary>
internal sealed class ModelFolder
{
    private static readonly string[] _names = ["a", "SKILL.md", "b c", "z-1", "ü", "日本", "😀", "ﬁ", "-", ".hidden", "very-long-name-that-goes-on-and-on-and-on.txt", "%41"];

    public SortedDictionary<string, (TreeEntryKind Kind, byte[] Content)> Paths { get; init; } = new(StringComparer.Ordinal);

    public static ModelFolder Random(Random random, int largest = 60_000)
    {
        var model = new ModelFolder();
        Fill(random, model, "", depth: 0, largest);
        return model;
    }

    public static byte[] Bytes(Random random, int length)
    {
        var bytes = new byte[length];
        switch (random.Next(3))
        {
            case 0:
                random.NextBytes(bytes);
                break;
            case 1:
                for (var i = 0; i < length; i++) bytes[i] = (byte)("the same words again "[i % 21] + (i % 977 == 0 ? random.Next(3) : 0));
                break;
        }

        return bytes;
    }

    /// <summary>Reads the current state of the disk.</summary>
    public static ModelFolder Read(string folder)
    {
        var model = new ModelFolder();
        foreach (var item in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            var path = Path.GetRelativePath(folder, item.FullName).Replace('\\', '/');
            if (item.LinkTarget is { } target) model.Paths.Add(path, (TreeEntryKind.Link, System.Text.Encoding.UTF8.GetBytes(target)));
            else if (item is DirectoryInfo) model.Paths.Add(path, (TreeEntryKind.Folder, []));
            else model.Paths.Add(path, (!OperatingSystem.IsWindows() && item.UnixFileMode.HasFlag(UnixFileMode.UserExecute) ? TreeEntryKind.Executable : TreeEntryKind.File, File.ReadAllBytes(item.FullName)));
        }

        return model;
    }

    /// <summary>Reads the state in the store.</summary>
    public static ModelFolder Read(ObjectStore store, ObjectId tree)
    {
        var model = new ModelFolder();
        Read(store, tree, "", model);
        return model;
    }

    public ModelFolder Copy() => new() { Paths = new SortedDictionary<string, (TreeEntryKind Kind, byte[] Content)>(Paths, StringComparer.Ordinal) };

    public void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (var (path, (kind, content)) in Paths)
        {
            var full = Path.Combine(folder, path);
            Directory.CreateDirectory(kind == TreeEntryKind.Folder ? full : Path.GetDirectoryName(full)!);
            if (kind == TreeEntryKind.Link) File.CreateSymbolicLink(full, System.Text.Encoding.UTF8.GetString(content));
            else if (kind != TreeEntryKind.Folder) File.WriteAllBytes(full, content);
            if (kind == TreeEntryKind.Executable && !OperatingSystem.IsWindows()) File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Adds the folder to the store without writing it to disk.</summary>
    public ObjectId AddTo(ObjectWriter writer, string folder = "") => writer.AddTree([.. Paths.Keys
        .Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(path => path[folder.Length..].Split('/')[0]).Distinct()
        .Select(name => Paths.TryGetValue(folder + name, out var file) && file.Kind != TreeEntryKind.Folder
            ? new TreeEntry(name, file.Kind, writer.AddBlob(file.Content), file.Content.Length)
            : new TreeEntry(name, TreeEntryKind.Folder, AddTo(writer, $"{folder}{name}/"), 0))]);

    /// <summary>Makes one random edit: adds, removes or changes something.</summary>
    public void Edit(Random random)
    {
        var files = Paths.Where(one => one.Value.Kind is TreeEntryKind.File).Select(one => one.Key).ToList();
        switch (files.Count == 0 ? 0 : random.Next(3))
        {
            case 0:
                Paths[$"new-{random.Next().ToString(CultureInfo.InvariantCulture)}"] = (TreeEntryKind.File, Bytes(random, random.Next(3000)));
                break;
            case 1:
                Paths.Remove(files[random.Next(files.Count)]);
                break;
            default:
                Paths[files[random.Next(files.Count)]] = (TreeEntryKind.File, Bytes(random, random.Next(3000)));
                break;
        }
    }

    /// <summary>Computes the id from its documentation, without the code under test.</summary>
    public static string NaiveId(int kind, ReadOnlySpan<byte> content) =>
        Convert.ToHexString(SHA256.HashData([(byte)kind, .. BitConverter.GetBytes((long)content.Length), .. content])).ToLowerInvariant();

    public override string ToString() => string.Join('\n', Paths.Select(one => $"{one.Value.Kind} {one.Key} {NaiveId(1, one.Value.Content)}"));

    private static void Read(ObjectStore store, ObjectId tree, string folder, ModelFolder model)
    {
        foreach (var entry in store.ReadTree(tree))
        {
            var path = folder + entry.Name;
            model.Paths.Add(path, (entry.Kind, entry.Kind == TreeEntryKind.Folder ? [] : store.ReadBlob(entry.Id)));
            if (entry.Kind == TreeEntryKind.Folder) Read(store, entry.Id, path + "/", model);
        }
    }

    private static void Fill(Random random, ModelFolder model, string folder, int depth, int largest)
    {
        // Now and then a folder with so many names that it is split.
        var count = random.Next(12) == 0 ? random.Next(200) : random.Next(8);
        for (var i = 0; i < count; i++)
        {
            var name = count > 8 ? $"n{i.ToString(CultureInfo.InvariantCulture)}" : _names[random.Next(_names.Length)];
            var path = folder + name;
            if (model.Paths.ContainsKey(path)) continue;
            if (depth < 3 && count <= 8 && random.Next(3) == 0)
            {
                model.Paths.Add(path, (TreeEntryKind.Folder, []));
                Fill(random, model, path + "/", depth + 1, largest);
            }
            else if (!OperatingSystem.IsWindows() && random.Next(12) == 0)
            {
                model.Paths.Add(path, (TreeEntryKind.Link, "somewhere/ü"u8.ToArray()));
            }
            else
            {
                var kind = !OperatingSystem.IsWindows() && random.Next(5) == 0 ? TreeEntryKind.Executable : TreeEntryKind.File;
                model.Paths.Add(path, (kind, Bytes(random, random.Next(6) == 0 ? random.Next(largest) : random.Next(1500))));
            }
        }
    }
}
