<#
.SYNOPSIS
    Demonstrates the main features: the artifacts of a collection, a check for changes upstream, a refresh, its snapshot, and a restore.
.DESCRIPTION
    Prints each command and its output. 'dotnet run --project samples/FirstRefresh' runs it on a copy of the sample home.
.EXAMPLE
    ./samples/FirstRefresh/FirstRefresh.ps1 -Module ./out/SkillMeat -SkillMeatHome ~/copy-of-a-home
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    # The module's folder.
    [Parameter(Mandatory)]
    [string] $Module,

    # The home to refresh.
    [Parameter(Mandatory)]
    [string] $SkillMeatHome
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$env:SKILLMEAT_HOME = $SkillMeatHome
if ([System.Console]::IsOutputRedirected) {
    $PSStyle.OutputRendering = 'PlainText'
}

function Invoke-Step {
    param([scriptblock] $Step)

    '', "$($PSStyle.Foreground.BrightCyan)PS>$($PSStyle.Reset) $("$Step".Trim())" | Out-Host
    . $Step | Out-Host
}

Invoke-Step { Import-Module $Module }
Invoke-Step { Get-SkmArtifact }
Invoke-Step { Invoke-SkmCollectionRefresh -CheckOnly -Fields tags }
Invoke-Step { Invoke-SkmCollectionRefresh }
Invoke-Step { Get-SkmSnapshot }
Invoke-Step { Get-SkmSnapshot -First 1 | Restore-SkmSnapshot -Confirm:$false }
Invoke-Step { Invoke-SkmCollectionRefresh -CheckOnly -Fields tags | Where-Object ChangedFields }
