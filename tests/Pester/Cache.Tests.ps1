#Requires -Modules @{ ModuleName = 'Pester'; ModuleVersion = '5.5.0' }
BeforeAll {
    Import-Module -Name "$PSScriptRoot/Support.psm1" -Force
    Import-SkillMeat
}

Describe 'The cache' {
    BeforeEach {
        $script:sample = Copy-SampleHome -Path (Join-Path $TestDrive ([guid]::NewGuid()))
        $script:file = Join-Path $sample 'cache/skillmeat-engine.db'
    }

    AfterEach {
        Remove-Item -Path Env:SKILLMEAT_CACHE -ErrorAction Ignore
    }

    It 'is made when it is used, and not by asking for its state' {
        $status = Get-SkmCache -SkillMeatHome $sample
        $status.State | Should -Be 'Empty'
        Test-Path -LiteralPath $file | Should -BeFalse
        Update-SkmCache -SkillMeatHome $sample
        $status = Get-SkmCache -SkillMeatHome $sample
        $status.State | Should -Be 'Ready'
        $status.Path | Should -Be $file
        $status.Artifacts | Should -Be 4
        $status.SizeBytes | Should -BeGreaterThan 0
        $status.Created | Should -BeOfType [System.DateTimeOffset]
    }

    It 'is deleted and made again' {
        Update-SkmCache -SkillMeatHome $sample
        (Clear-SkmCache -PassThru -SkillMeatHome $sample).State | Should -Be 'Empty'
        Test-Path -LiteralPath $file | Should -BeFalse
        (Update-SkmCache -Rebuild -PassThru -SkillMeatHome $sample).Artifacts | Should -Be 4
    }

    It 'survives noise, with a warning' {
        $noise = [byte[]]::new(20000)
        [System.Random]::new(3).NextBytes($noise)
        $null = New-Item -ItemType Directory -Path (Join-Path $sample 'cache') -Force
        [System.IO.File]::WriteAllBytes($file, $noise)
        $warnings = $null
        (Update-SkmCache -PassThru -SkillMeatHome $sample -WarningVariable warnings -WarningAction SilentlyContinue).Artifacts | Should -Be 4
        $warnings | Should -BeLike '*was damaged*'
        (Get-ChildItem -LiteralPath (Join-Path $sample 'cache') -Filter *.damaged-*).Length | Should -Be 20000
    }

    It 'can be switched off and moved' {
        $env:SKILLMEAT_CACHE = 'off'
        (Update-SkmCache -PassThru -SkillMeatHome $sample).State | Should -Be 'Off'
        Test-Path -LiteralPath $file | Should -BeFalse
        $env:SKILLMEAT_CACHE = Join-Path $TestDrive 'moved.db'
        (Update-SkmCache -PassThru -SkillMeatHome $sample).Path | Should -Be (Join-Path $TestDrive 'moved.db')
        Test-Path -LiteralPath $file | Should -BeFalse
    }

    It 'loads SQLite when it is used, and not with the module' {
        $loaded = Invoke-Pwsh -Environment @{ PATH = $env:PATH } -Command @"
Import-Module '$(Find-SkillMeat)'
`$null = Get-SkmArtifact -SkillMeatHome '$sample'
[System.AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -like '*sqlite*'
'--'
Update-SkmCache -SkillMeatHome '$sample'
[System.AppDomain]::CurrentDomain.GetAssemblies().GetName().Name -like 'Microsoft.Data.Sqlite'
"@
        ($loaded.Output -split '\r?\n' -ne '') | Should -Be '--', 'Microsoft.Data.Sqlite'
    }
}
