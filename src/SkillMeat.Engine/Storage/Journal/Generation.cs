using System.Text;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// A mark that every transaction replaces with a unique one, after its point of no return and before it changes a target. If two reads find equal marks
/// and no committed journal, nothing was replaced in between. Those that give folders another name replace a second one as well.
/// </summary>
internal sealed class Generation(string folder, Disk disk)
{
    private readonly string _path = Path.Combine(folder, "generation");
    private readonly string _movesPath = Path.Combine(folder, "moves");

    public void Advance(bool movesFolders)
    {
        Advance(_path);
        if (movesFolders) Advance(_movesPath);
    }

    /// <summary>Reads the current mark. Null if there was no transaction in this home yet.</summary>
    public string? Read() => Read(_path);

    /// <summary>Reads the current mark of transactions that give folders another name. Null if there was none in this home yet.</summary>
    public string? ReadMoves() => Read(_movesPath);

    private void Advance(string path) => disk.Mark(StorageStep.WriteGeneration, path, Encoding.ASCII.GetBytes(disk.NewName()));

    private static string? Read(string path)
    {
        // Most homes never have the second one, and an exception takes longer than everything else that a small read does.
        if (!File.Exists(path)) return null;
        try
        {
            using var file = RegularFile.OpenRead(path, LinkUse.Refuse);
            Span<byte> mark = stackalloc byte[32];
            return Encoding.ASCII.GetString(mark[..file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (StorageErrors.IsMissing(e))
        {
            return null;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", path);
        }
    }
}
