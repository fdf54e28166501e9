using System.Runtime.InteropServices;
using SkillMeat.Loader;
using Xunit;

namespace SkillMeat.Tests.Loader;

/// <summary>The places in which a native library is searched on each supported system.</summary>
public sealed class NativePlatformTests
{
    [Theory]
    [InlineData("win", Architecture.X64, "win-x64", "win-x64", "e_sqlite3.dll")]
    [InlineData("win", Architecture.Arm64, "win-arm64", "win-arm64", "e_sqlite3.dll")]
    [InlineData("linux", Architecture.X64, "linux-x64", "linux-x64", "libe_sqlite3.so")]
    [InlineData("linux", Architecture.X64, "debian.12-x64", "linux-x64", "libe_sqlite3.so")]
    [InlineData("linux", Architecture.Arm64, "linux-arm64", "linux-arm64", "libe_sqlite3.so")]
    [InlineData("linux", Architecture.X64, "linux-musl-x64", "linux-musl-x64", "libe_sqlite3.so")]
    [InlineData("linux", Architecture.X64, "alpine.3.20-x64", "linux-musl-x64", "libe_sqlite3.so")]
    [InlineData("osx", Architecture.X64, "osx-x64", "osx-x64", "libe_sqlite3.dylib")]
    [InlineData("osx", Architecture.Arm64, "osx.14-arm64", "osx-arm64", "libe_sqlite3.dylib")]
    public void A_library_is_looked_for_where_packages_put_it(string system, Architecture architecture, string runtime, string folder, string file) =>
        Assert.Contains(
            Path.Combine("module", "runtimes", folder, "native", file),
            NativePlatform.Of(system, architecture, runtime).PathsOf("module", "e_sqlite3"));

    [Fact]
    public void A_name_with_its_ending_is_found_as_it_is() =>
        Assert.Contains(
            Path.Combine("m", "runtimes", "linux-x64", "native", "libx.so"),
            NativePlatform.Of("linux", Architecture.X64, "linux-x64").PathsOf("m", "libx.so"));

    [Theory]
    [InlineData("8.0.31", null)]
    [InlineData("9.0.20", null)]
    [InlineData("10.0.12", "net10.0")]
    [InlineData("11.0.0", "net10.0")]
    public void Precompiled_assemblies_are_for_the_runtimes_that_can_use_them(string runtime, string? framework) =>
        Assert.Equal(
            framework is null ? null : Path.Combine("m", "runtimes", "osx-arm64", "lib", framework),
            NativePlatform.Of("osx", Architecture.Arm64, "osx-arm64").PrecompiledIn("m", Version.Parse(runtime)));
}
