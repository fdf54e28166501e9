using System.Runtime.InteropServices;

namespace SkillMeat.Loader;

/// <summary>A platform that native code is compiled for, as in the names of folders under <c>runtimes</c>.</summary>
/// <param name="System">The system: <c>win</c>, <c>linux</c>, <c>linux-musl</c> or <c>osx</c>.</param>
/// <param name="Architecture">The processor, such as <c>x64</c> or <c>arm64</c>.</param>
internal sealed record NativePlatform(string System, string Architecture)
{
    public static NativePlatform Current { get; } = Of(
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux", RuntimeInformation.ProcessArchitecture, RuntimeInformation.RuntimeIdentifier);

    /// <summary>Determines the platform of a process.</summary>
    /// <param name="system">The system, regardless of its C library.</param>
    /// <param name="architecture">The architecture of the process, which may differ from the machine's.</param>
    /// <param name="runtimeIdentifier">The runtime identifier of .NET. A distribution's own build names the distribution, such as Alpine, whose C library is musl.</param>
    public static NativePlatform Of(string system, Architecture architecture, string runtimeIdentifier)
    {
        var isMusl = runtimeIdentifier.Contains("musl", StringComparison.Ordinal) || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
        return new NativePlatform(system == "linux" && isMusl ? "linux-musl" : system, architecture.ToString().ToLowerInvariant());
    }

    /// <summary>Returns the possible paths of a library, the likeliest first.</summary>
    public IEnumerable<string> PathsOf(string folder, string library)
    {
        var native = Path.Combine(folder, "runtimes", $"{System}-{Architecture}", "native");
        return NamesOf(library).Select(name => Path.Combine(native, name));
    }

    /// <summary>Returns the folder of the assemblies with native code for this platform, or null if the runtime would not use them.</summary>
    /// <param name="folder">The folder of the module's assemblies.</param>
    /// <param name="runtime">The version of .NET that runs.</param>
    public string? PrecompiledIn(string folder, Version runtime) =>
        runtime.Major >= 10 ? Path.Combine(folder, "runtimes", $"{System}-{Architecture}", "lib", "net10.0") : null;

    private string[] NamesOf(string library)
    {
        var ending = System == "win" ? ".dll" : System == "osx" ? ".dylib" : ".so";
        return [$"{library}{ending}", $"lib{library}{ending}", library];
    }
}
