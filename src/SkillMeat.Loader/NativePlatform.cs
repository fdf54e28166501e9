using System.Runtime.InteropServices;

namespace SkillMeat.Loader;

/// <summary>A platform that native code is compiled for, as folders under <c>runtimes</c> name it.</summary>
/// <param name="System">The system: <c>win</c>, <c>linux</c>, <c>linux-musl</c> or <c>osx</c>.</param>
/// <param name="Architecture">The processor: <c>x64</c> or <c>arm64</c>, for instance.</param>
internal sealed record NativePlatform(string System, string Architecture)
{
    public static NativePlatform Current { get; } = Of(
        OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux", RuntimeInformation.ProcessArchitecture, RuntimeInformation.RuntimeIdentifier);

    /// <summary>The platform of a process.</summary>
    /// <param name="system">The system without regard to its C library.</param>
    /// <param name="architecture">The process's architecture, which need not be the machine's.</param>
    /// <param name="runtimeIdentifier">What .NET says of itself: a distribution's own build names the distribution, and Alpine's C library is musl.</param>
    public static NativePlatform Of(string system, Architecture architecture, string runtimeIdentifier)
    {
        var isMusl = runtimeIdentifier.Contains("musl", StringComparison.Ordinal) || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);
        return new NativePlatform(system == "linux" && isMusl ? "linux-musl" : system, architecture.ToString().ToLowerInvariant());
    }

    /// <summary>Where a library can be, the likeliest place first.</summary>
    public IEnumerable<string> PathsOf(string folder, string library)
    {
        var native = Path.Combine(folder, "runtimes", $"{System}-{Architecture}", "native");
        return NamesOf(library).Select(name => Path.Combine(native, name));
    }

    /// <summary>Where assemblies with native code for this platform are; null where the runtime would not use them.</summary>
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
