namespace SkillMeat.Upstream.Caching;

/// <summary>A file of cached records.</summary>
/// <param name="file">The path of the file. Neither the file nor its folder has to exist.</param>
/// <param name="version">The version of the content.</param>
/// <param name="random">Makes the names of temporary files.</param>
/// <param name="report">Called with a one-line message when the file cannot be read or written.</param>
internal sealed class RecordCacheFile(string file, byte version, Random random, Action<string> report)
{
    private readonly CacheFile _file = new(file, random, report);

    public CacheRecords Read() => _file.Read(bytes => CacheRecords.Parse(bytes, version)) ?? CacheRecords.None;

    public bool Write(Action<CacheRecordWriter> write) => _file.Write(stream =>
    {
        using var writer = new CacheRecordWriter(stream, version);
        write(writer);
        writer.End();
    });
}
