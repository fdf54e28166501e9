using System.Runtime.InteropServices;
using System.Runtime.Loader;
using SkillMeat.Loader;
using Xunit;

namespace SkillMeat.Tests.Loader;

/// <summary>The module's assemblies are separate from all others, however often and from wherever they are requested.</summary>
public sealed class ModuleLoadContextTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("skm-loader-").FullName;

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows()) Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void An_assembly_is_loaded_apart_with_what_it_needs()
    {
        Copy("SkillMeat.Engine.dll", "YamlDotNet.dll", "Polly.Core.dll");

        var engine = ModuleLoadContext.Load(_folder, "SkillMeat.Engine");

        Assert.NotSame(typeof(SkillMeat.Collections.Artifact).Assembly, engine);
        var context = Assert.IsType<ModuleLoadContext>(AssemblyLoadContext.GetLoadContext(engine));
        var yaml = context.LoadFromAssemblyName(new System.Reflection.AssemblyName("YamlDotNet"));
        Assert.Equal(Path.Combine(_folder, "YamlDotNet.dll"), yaml.Location);
        Assert.Same(typeof(object).Assembly, context.LoadFromAssemblyName(typeof(object).Assembly.GetName()));
    }

    [Fact]
    public async Task Two_imports_at_the_same_time_get_the_same_types()
    {
        Copy("SkillMeat.Engine.dll");

        var loaded = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => ModuleLoadContext.Load(i % 2 == 0 ? _folder : $"{_folder}/", "SkillMeat.Engine"))));

        Assert.All(loaded, a => Assert.Same(loaded[0], a));
    }

    [Fact]
    public void Another_folder_has_types_of_its_own()
    {
        Copy("SkillMeat.Engine.dll");
        var other = Directory.CreateDirectory(Path.Combine(_folder, "other")).FullName;
        File.Copy(Path.Combine(_folder, "SkillMeat.Engine.dll"), Path.Combine(other, "SkillMeat.Engine.dll"));

        Assert.NotSame(ModuleLoadContext.Load(_folder, "SkillMeat.Engine"), ModuleLoadContext.Load(other, "SkillMeat.Engine"));
    }

    [Fact]
    public void An_assembly_that_is_not_there_is_an_error() =>
        Assert.Throws<FileNotFoundException>(() => ModuleLoadContext.Load(_folder, "SkillMeat.Missing"));

    [Fact]
    public void A_precompiled_assembly_of_this_platform_comes_before_the_portable_one()
    {
        Copy("SkillMeat.Engine.dll", "YamlDotNet.dll");
        var precompiled = Precompiled("SkillMeat.Engine.dll");
        File.Copy(Path.Combine(_folder, "SkillMeat.Engine.dll"), precompiled);

        var engine = ModuleLoadContext.Load(_folder, "SkillMeat.Engine");

        Assert.Equal(precompiled, engine.Location);
        Assert.Equal(Path.Combine(_folder, "YamlDotNet.dll"), ModuleLoadContext.Load(_folder, "YamlDotNet").Location);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(700)]
    [InlineData(100_000)]
    public void A_damaged_precompiled_assembly_gives_way_to_the_portable_one(int length)
    {
        Copy("SkillMeat.Engine.dll");
        File.WriteAllBytes(Precompiled("SkillMeat.Engine.dll"), File.ReadAllBytes(Path.Combine(_folder, "SkillMeat.Engine.dll"))[..length]);

        var engine = ModuleLoadContext.Load(_folder, "SkillMeat.Engine");

        Assert.Equal(Path.Combine(_folder, "SkillMeat.Engine.dll"), engine.Location);
        Assert.NotNull(engine.GetType("SkillMeat.Collections.CollectionStore"));
    }

    [Fact]
    public void A_native_library_comes_from_the_modules_folder()
    {
        Copy("SkillMeat.Engine.dll");
        var engine = ModuleLoadContext.Load(_folder, "SkillMeat.Engine");
        // Any library of the runtime will do; under this name it can only be found here.
        var native = NativePlatform.Current.PathsOf(_folder, "skillmeat_probe").First();
        Directory.CreateDirectory(Path.GetDirectoryName(native)!);
        Assert.False(NativeLibrary.TryLoad("skillmeat_probe", engine, searchPath: null, out _));
        File.Copy(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), NativeRuntimeLibrary), native);

        Assert.NotEqual(IntPtr.Zero, NativeLibrary.Load("skillmeat_probe", engine, searchPath: null));
    }

    private static string NativeRuntimeLibrary =>
        OperatingSystem.IsWindows() ? "System.IO.Compression.Native.dll" : OperatingSystem.IsMacOS() ? "libSystem.Native.dylib" : "libSystem.Native.so";

    private string Precompiled(string assembly) =>
        Path.Combine(Directory.CreateDirectory(NativePlatform.Current.PrecompiledIn(_folder, Environment.Version)!).FullName, assembly);

    private void Copy(params string[] assemblies)
    {
        foreach (var assembly in assemblies) File.Copy(Path.Combine(AppContext.BaseDirectory, assembly), Path.Combine(_folder, assembly));
    }
}
