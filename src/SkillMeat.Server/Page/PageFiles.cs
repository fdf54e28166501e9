using System.Collections.Concurrent;
using System.Reflection;

namespace SkillMeat.Server.Page;

/// <summary>The files of the web page in this assembly. There are none if it was built without Node.</summary>
internal sealed class PageFiles
{
    private const string Prefix = "page/";

    private static readonly Assembly _assembly = typeof(PageFiles).Assembly;

    private readonly HashSet<string> _names = [.. _assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => name[Prefix.Length..])];
    private readonly ConcurrentDictionary<string, PageFile> _files = new(StringComparer.Ordinal);

    /// <summary>Whether there is a page.</summary>
    public bool Any => _names.Contains("index.html");

    /// <summary>Finds a file by its path, such as <c>assets/index.css</c>.</summary>
    public PageFile? Find(string path) => _names.Contains(path) ? _files.GetOrAdd(path, Read) : null;

    private static PageFile Read(string path)
    {
        using var resource = _assembly.GetManifestResourceStream(Prefix + path)!;
        var bytes = new byte[resource.Length];
        resource.ReadExactly(bytes);
        return new PageFile(TypeOf(path), bytes);
    }

    private static string TypeOf(string path) => Path.GetExtension(path) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".png" => "image/png",
        _ => "application/octet-stream",
    };
}
