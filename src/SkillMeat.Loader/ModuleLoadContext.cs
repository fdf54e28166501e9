using System.Reflection;
using System.Runtime.Loader;

namespace SkillMeat.Loader;

/// <summary>
/// Isolates the module's assemblies and their dependencies, so that another module can use other versions of the same libraries. Assemblies outside the module's
/// folder, such as PowerShell itself and .NET, are shared.
/// </summary>
/// <remarks>Thread-safe. Never unloaded, because PowerShell keeps the types of a removed module.</remarks>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    // Two runspaces of one process may import the module at the same time, and must get the same types.
    private static readonly object Turn = new();

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base($"SkillMeat in {folder}")
    {
        _folder = folder;
    }

    /// <summary>Loads an assembly of the module, or returns the one already loaded: importing the module again must not create its types twice.</summary>
    /// <param name="folder">The folder of the module's assemblies. Each folder, such as that of another version, has a context of its own.</param>
    /// <param name="assembly">The simple name of the assembly.</param>
    /// <returns>The assembly.</returns>
    /// <exception cref="FileNotFoundException">The folder has no such assembly.</exception>
    public static Assembly Load(string folder, string assembly)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        lock (Turn)
        {
            var context = All.OfType<ModuleLoadContext>().FirstOrDefault(c => c._folder == full) ?? new ModuleLoadContext(full);
            return context.LoadFromAssemblyName(new AssemblyName(assembly));
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        var file = $"{assemblyName.Name}.dll";
        var portable = Path.Combine(_folder, file);
        return File.Exists(portable) ? LoadPrecompiled(file) ?? LoadFromAssemblyPath(portable) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) =>
        NativePlatform.Current.PathsOf(_folder, unmanagedDllName).FirstOrDefault(File.Exists) is { } path ? LoadUnmanagedDllFromPath(path) : IntPtr.Zero;

    private Assembly? LoadPrecompiled(string file)
    {
        if (NativePlatform.Current.PrecompiledIn(_folder, Environment.Version) is not { } precompiled)
        {
            return null;
        }

        try
        {
            return LoadFromAssemblyPath(Path.Combine(precompiled, file));
        }
        catch (Exception e) when (e is IOException or BadImageFormatException or UnauthorizedAccessException)
        {
            // Missing, damaged, or not readable: the portable one does the same, and only takes longer to start.
            return null;
        }
    }
}
