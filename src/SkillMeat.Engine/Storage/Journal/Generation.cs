using System.Text;
using SkillMeat.Storage.Files;

namespace SkillMeat.Storage.Journal;

/// <summary>
/// A mark that every transaction replaces with a unique one, after its point of no return and before it changes a target. If two reads find equal marks
/// and no committed journal, nothing was replaced in between.
/// </summary>
internal sealed class Generation(string folder, Disk disk)
{
    private readonly string _path = Path.Combine(folder, "generation");

    public void Advance() => disk.Mark(StorageStep.WriteGeneration, _path, Encoding.ASCII.GetBytes(disk.NewName()));

    /// <summary>Reads the current mark. Null if there was no transaction in this home yet.</summary>
    public string? Read()
    {
        try
        {
            using var file = RegularFile.OpenRead(_path, LinkUse.Refuse);
            Span<byte> mark = stackalloc byte[32];
            return Encoding.ASCII.GetString(mark[..file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false)]);
        }
        catch (Exception e) when (StorageErrors.IsMissing(e))
        {
            return null;
        }
        catch (Exception e) when (StorageErrors.IsRefusal(e))
        {
            throw StorageErrors.Translate(e, "read", _path);
        }
    }
}
