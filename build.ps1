#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests and packages the SkillMeat module.
.DESCRIPTION
    Build puts an importable module into out/SkillMeat/<version>, as 'dotnet build src/SkillMeat.Cmdlets -c Release' does on machines without PowerShell: with this
    machine's native code beside the portable assemblies.
    Test runs the unit tests and the Pester tests. Package makes the nupkg that Publish-PSResource would push, with native code for all
    platforms, into out/packages, and installs and imports it to verify it. Analyze runs PSScriptAnalyzer with the gallery's settings.
    A machine without PowerShell gets it with 'dotnet tool restore', and then runs 'dotnet pwsh build.ps1'.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 -Task Test
.EXAMPLE
    ./build.ps1 -Task Package
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    # The tasks. Test, Package and Analyze build first.
    [ValidateSet('Build', 'Test', 'Package', 'Analyze', 'Clean')]
    [string[]] $Task = 'Build',

    # The configuration of the build.
    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$output = Join-Path $PSScriptRoot 'out'
$manifest = Join-Path -Path $PSScriptRoot -ChildPath 'module/SkillMeat.psd1'
$version = (Import-PowerShellDataFile -LiteralPath $manifest).ModuleVersion
$module = Join-Path -Path $output -ChildPath "SkillMeat/$version"

function Invoke-Program {
    param([string] $Program, [string[]] $Arguments)

    & $Program @Arguments
    if ($LASTEXITCODE -ne 0) {
        throw "'$Program $Arguments' ended with exit code $LASTEXITCODE."
    }
}

function Invoke-PowerShell {
    param([string[]] $Arguments)

    # Installed as a .NET tool, PowerShell has no executable of its own.
    $program = Join-Path $PSHOME ($IsWindows ? 'pwsh.exe' : 'pwsh')
    if (Test-Path -LiteralPath $program) {
        Invoke-Program $program $Arguments
    }
    else {
        Invoke-Program ([System.Environment]::ProcessPath) (@(Join-Path $PSHOME 'pwsh.dll') + $Arguments)
    }
}

function Test-HelpPage {
    param([int] $Count)

    # HelpBuilder converts the help pages (docs/adr/0006). If platyPS is installed, it must be able to read them, too.
    if (Get-Module -Name Microsoft.PowerShell.PlatyPS -ListAvailable) {
        Import-Module -Name Microsoft.PowerShell.PlatyPS
        $pages = @(Get-ChildItem -Path "$PSScriptRoot/docs/help/*-*.md" | ForEach-Object { Import-MarkdownCommandHelp -Path $_.FullName })
        if ($pages.Count -ne $Count) {
            throw "platyPS reads $($pages.Count) help pages, but there are $Count cmdlets."
        }

        Write-Output "platyPS reads all $Count help pages."
    }
}

function Invoke-Build {
    # A package contains native code for all platforms, a build only for this machine.
    $platforms = @(if ($Task -contains 'Package') { '-p:ModulePlatforms=all' })
    Invoke-Program dotnet (@('build', "$PSScriptRoot/src/SkillMeat.Cmdlets", '--configuration', $Configuration, '--nologo') + $platforms)
    # Fails if the manifest names a file or a cmdlet that the build lacks.
    $built = Test-ModuleManifest -Path (Join-Path $module 'SkillMeat.psd1')
    Test-HelpPage -Count $built.ExportedCmdlets.Count
    Write-Output "Built $($built.Name) $($built.Version) in $module"
}

function Invoke-Analysis {
    Import-Module PSScriptAnalyzer
    $scripts = @(
        Get-Item -LiteralPath (Join-Path $PSScriptRoot 'build.ps1')
        'module', 'samples', 'tests/Pester' | ForEach-Object { Get-ChildItem -LiteralPath (Join-Path $PSScriptRoot $_) -Recurse -Include '*.ps1', '*.psm1', '*.psd1' }
    )
    $findings = @($scripts | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Settings PSGallery })
    $findings
    if ($findings.Count -gt 0) {
        throw "PSScriptAnalyzer reports $($findings.Count) problems."
    }

    Write-Output "PSScriptAnalyzer reports no problems in $($scripts.Count) files."
}

function Invoke-Package {
    Import-Module Microsoft.PowerShell.PSResourceGet
    $packages = Join-Path $output 'packages'
    $package = Join-Path $packages "SkillMeat.$version.nupkg"
    $repository = "SkillMeat-$([guid]::NewGuid().ToString('N'))"
    $installed = Join-Path ([System.IO.Path]::GetTempPath()) $repository
    $null = New-Item -ItemType Directory -Path $packages, $installed -Force
    Remove-Item -LiteralPath $package -ErrorAction Ignore
    Register-PSResourceRepository -Name $repository -Uri $packages -Trusted
    try {
        Publish-PSResource -Path $module -Repository $repository
        $size = (Get-Item -LiteralPath $package).Length
        if ($size -ge 25MB) {
            throw "$package is $([math]::Round($size / 1MB, 1)) MB; it must stay below 25 MB."
        }

        Save-PSResource -Name SkillMeat -Version $version -Repository $repository -Path $installed -TrustRepository
        $import = "`$ErrorActionPreference = 'Stop'; Import-Module '$installed/SkillMeat/$version/SkillMeat.psd1'; if (-not (Get-SkmRefreshField tags)) { throw 'no fields' }"
        Invoke-PowerShell @('-NoProfile', '-NonInteractive', '-Command', $import)
    }
    finally {
        Unregister-PSResourceRepository -Name $repository
        Remove-Item -LiteralPath $installed -Recurse -Force
    }

    Write-Output "Packaged ($([math]::Round($size / 1MB, 1)) MB), installed from a folder and imported: $package"
}

if ($Task -contains 'Clean' -and (Test-Path -LiteralPath $output)) {
    Remove-Item -LiteralPath $output -Recurse
}

if (@($Task) -ne 'Clean') {
    Invoke-Build
}

if ($Task -contains 'Test') {
    # Includes the Pester tests.
    Invoke-Program dotnet @('test', $PSScriptRoot, '--nologo')
}

if ($Task -contains 'Analyze') {
    Invoke-Analysis
}

if ($Task -contains 'Package') {
    Invoke-Package
}
