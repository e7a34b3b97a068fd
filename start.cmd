@echo off
rem Rangfolge on Windows: a double click finds Python, makes the environment in the user's own folder
rem (no administrator rights), installs the tested packages once and opens the front end in the browser.
setlocal EnableExtensions
chcp 65001 >nul
title Rangfolge
pushd "%~dp0"

set "PLACE=%LOCALAPPDATA%\Rangfolge"
set "ENVIRONMENT=%PLACE%\environment"
set "RUNTIME=%ENVIRONMENT%\Scripts\python.exe"
set "DONE=%PLACE%\installed.txt"

if not exist "%RUNTIME%" goto install
fc /b constraints.txt "%DONE%" >nul 2>nul
if errorlevel 1 goto install
goto open

:install
set "PYTHON="
call :consider py -3
call :consider python
call :consider python3
if not defined PYTHON goto no_python
echo Rangfolge wird eingerichtet. Das dauert beim ersten Mal einige Minuten.
echo Rangfolge is being set up. The first time this takes a few minutes.
if not exist "%PLACE%" mkdir "%PLACE%"
call %PYTHON% -m venv --clear "%ENVIRONMENT%"
if errorlevel 1 goto failed
"%RUNTIME%" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt ".[app]"
if errorlevel 1 goto failed
copy /y constraints.txt "%DONE%" >nul

:open
echo Rangfolge öffnet sich im Browser. Dieses Fenster bitte offen lassen; schließen beendet das Programm.
echo Rangfolge opens in the browser. Please leave this window open; closing it ends the program.
"%RUNTIME%" -m mcda app data\nordallianz
if errorlevel 1 pause
popd
exit /b 0

:consider
if defined PYTHON exit /b 0
call %* -c "import sys; sys.exit(sys.version_info.__lt__((3, 11)))" >nul 2>nul
if not errorlevel 1 set "PYTHON=%*"
exit /b 0

:no_python
echo.
echo Rangfolge braucht Python 3.11 oder neuer, und es wurde keines gefunden.
echo Bitte Python von www.python.org laden oder aus dem Softwareverzeichnis Ihrer Verwaltung beziehen.
echo "Nur für mich" genügt, Administratorrechte sind nicht nötig. Danach start.cmd noch einmal öffnen.
echo.
echo Rangfolge needs Python 3.11 or newer, and none was found.
echo Please get it from www.python.org or from your organisation's software catalogue.
echo "Install just for me" is enough, no administrator rights are needed. Then open start.cmd again.
pause
popd
exit /b 2

:failed
echo.
echo Das Einrichten ist nicht gelungen; die Meldung darüber steht oben.
echo Beim ersten Mal braucht es eine Verbindung zum Python-Paketverzeichnis, in Behördennetzen oft über einen Proxy.
echo.
echo Setting up did not succeed; the message is above.
echo The first time needs a connection to the Python package index, in office networks often through a proxy.
if exist "%DONE%" del "%DONE%"
pause
popd
exit /b 2
