using System.Text.Json;
using SkillMeat.Errors;
using SkillMeat.Storage.Files;

namespace SkillMeat.Upstream.Caching;

/// <summary>A file of cached facts. One that cannot be read counts as missing, and a failed write is only reported, because everything in it can be fetched again.</summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
internal sealed class CacheFile(string file, Random random, Action<string> report)
{
    // Far more than any cache needs: all of them drop old entries, or have one for each artifact.
    private const long MostBytes = 256L * 1024 * 1024;

    /// <summary>Reads the file.</summary>
    /// <param name="parse">Parses the bytes of the file.</param>
    /// <returns>The result of the parsing; null if there is no file, or if it cannot be read or parsed.</returns>
    public T? Read<T>(Func<byte[], T> parse)
        where T : class
    {
        try
        {
            return File.Exists(file) ? parse(ReadBytes()) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageException
            or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or InvalidDataException)
        {
            report($"Cannot read the cache '{file}' ({e.Message}); it will be rebuilt.");
            return null;
        }
    }

    /// <summary>Replaces the file.</summary>
    /// <param name="fill">Writes the content.</param>
    /// <returns>Whether the file was written.</returns>
    public bool Write(Action<Stream> fill)
    {
        try
        {
            OwnFolders.Check(Path.GetDirectoryName(file)!);
            OwnFolders.Check(file);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            new AtomicFile(new Disk(faults: null, random)).Fill(file, fill);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StorageException)
        {
            report($"Cannot write the cache '{file}' ({e.Message}); the next refresh will ask upstream again.");
            return false;
        }
    }

    private byte[] ReadBytes()
    {
        OwnFolders.Check(Path.GetDirectoryName(file)!);
        return RegularFile.ReadAllBytes(file, MostBytes, LinkUse.Refuse);
    }
}
