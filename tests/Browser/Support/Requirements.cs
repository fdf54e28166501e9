using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace SkillMeat.Tests.Browser.Support;

/// <summary>The things that the tests need beside .NET: a browser, and a service with a page.</summary>
internal static class Requirements
{
    private const string ChromiumVariable = "SKILLMEAT_CHROMIUM";

    /// <summary>Debian's name first.</summary>
    private static readonly string[] ChromiumNames = OperatingSystem.IsWindows() ? ["chrome.exe", "msedge.exe"] : ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>The reason why the tests cannot run; null if they can.</summary>
    public static string? Missing { get; } =
        Chromium is null ? $"Chromium is not installed: no chromium on the PATH, and {ChromiumVariable} names none."
        : !HasPage() ? "skm was built without its web page: npm was not there. Install Node, delete src/SkillMeat.Server/obj and build again."
        : null;

    /// <summary>The program of the browser; null for none.</summary>
    public static string? Chromium => Environment.GetEnvironmentVariable(ChromiumVariable) is { Length: > 0 } named ? (File.Exists(named) ? named : null) : OnPath(ChromiumNames);

    private static string? OnPath(IEnumerable<string> names)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return names.SelectMany(name => folders.Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
    }

    private static bool HasPage()
    {
        // A published program is asked by the tests themselves.
        if (SkmProgram.Published is not null) return true;
        using var assembly = new PEReader(File.OpenRead(Path.Combine(SkmProgram.Folder, "SkillMeat.Server.dll")));
        var metadata = assembly.GetMetadataReader();
        return metadata.ManifestResources.Any(one => metadata.StringComparer.Equals(metadata.GetManifestResource(one).Name, "page/index.html"));
    }
}
